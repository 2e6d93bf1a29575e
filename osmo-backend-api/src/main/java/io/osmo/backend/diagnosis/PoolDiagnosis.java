// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * What is known about the nodes of one pool.
 *
 * @param pool name of the pool in the spec
 * @param status the result
 * @param cause the most specific cause that the evidence shows; present only if the status is {@link Status#CAUSE_FOUND}
 * @param evidence what the cloud and the cluster say, one line each
 * @param unread what could not be read and why, one line each
 */
public record PoolDiagnosis(
        String pool, Status status, Optional<Cause> cause, List<String> evidence, List<String> unread) {
    /** Results for a pool. */
    public enum Status {
        /** All desired nodes have joined and are ready. */
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
    public boolean causedBy(String id) {
        return cause.filter(found -> found.id().equals(id)).isPresent();
    }
}
