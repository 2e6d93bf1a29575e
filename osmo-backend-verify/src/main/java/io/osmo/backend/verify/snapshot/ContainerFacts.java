// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of a container of OSMO's operator or of KAI.
 *
 * @param restarts how often it was restarted
 * @param waiting why it waits, such as {@code ImagePullBackOff}; empty when it does not wait
 * @param pullRefusal the kubelet's error when the image could not be pulled, with the queries of URLs removed; empty when it
 *     could be
 * @param lastReason why it last ended, such as {@code OOMKilled}; empty when it never did
 * @param lastExit exit code when it last ended; 0 when it never did
 * @param lastMessage which progress file was missing when its probe gave up; empty otherwise. Other messages are not kept,
 *     because they may quote anything
 * @param lastEnd when it last ended
 * @param started since when it has been running
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
