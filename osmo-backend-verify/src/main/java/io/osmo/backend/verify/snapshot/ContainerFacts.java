// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.time.Instant;
import java.util.Optional;

/**
 * What has become of a container of OSMO's operator or of KAI.
 *
 * @param restarts how often it was started again
 * @param waiting why it waits, such as {@code ImagePullBackOff}; empty when it does not
 * @param pullRefusal what the kubelet said of an image that it could not pull, without the queries of addresses; empty when it
 *     could
 * @param lastReason why it ended last, such as {@code OOMKilled}; empty when it never did
 * @param lastExit exit code of its last end; 0 when it never ended
 * @param lastMessage which progress file was missing when its probe gave up; empty otherwise. Other messages are not kept,
 *     for they may quote anything
 * @param lastEnd when it ended last
 * @param started since when it runs
 */
public record ContainerFacts(
        String name,
        int restarts,
        String waiting,
        Fact<String> pullRefusal,
        String lastReason,
        int lastExit,
        String lastMessage,
        Optional<Instant> lastEnd,
        Optional<Instant> started) {}
