// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * What is known of the nodes of one pool.
 *
 * @param pool name of the pool in the spec
 * @param status what came out
 * @param cause the most specific cause that fits; present exactly if the status is {@link Status#CAUSE_FOUND}
 * @param evidence what the cloud and the cluster say, a line each
 * @param unread what could not be read and why, a line each; a cause may hide there
 */
public record PoolDiagnosis(
        String pool, Status status, Optional<Cause> cause, List<String> evidence, List<String> unread) {
    /** Results for a pool. */
    public enum Status {
        /** All nodes that the cloud is asked for have joined and are ready. */
        JOINED,
        CAUSE_FOUND,
        /** Nodes are missing or could not be read, and nothing that was read explains it. */
        UNKNOWN
    }

    public PoolDiagnosis {
        evidence = List.copyOf(evidence);
        unread = List.copyOf(unread);
    }

    /** Whether the cause has this id. */
    public boolean isCausedBy(String id) {
        return cause.filter(found -> found.id().equals(id)).isPresent();
    }
}
