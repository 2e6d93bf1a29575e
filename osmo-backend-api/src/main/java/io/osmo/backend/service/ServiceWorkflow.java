// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A workflow that was submitted.
 *
 * @param name name of the workflow, with the number that the service appends
 * @param status such as {@code PENDING}, {@code RUNNING}, {@code COMPLETED} or {@code FAILED_IMAGE_PULL}
 * @param pool pool that it runs in; empty if the service does not say
 * @param failures why its groups and tasks failed, as far as the service knows
 */
public record ServiceWorkflow(String name, String status, Optional<String> pool, List<String> failures) {
    private static final Set<String> ALIVE = Set.of("PENDING", "RUNNING", "WAITING");

    public ServiceWorkflow {
        failures = List.copyOf(failures);
    }

    /** Whether it has finished, successfully or not. */
    public boolean finished() {
        return !ALIVE.contains(status);
    }

    public boolean completed() {
        return status.equals("COMPLETED");
    }

    @Override
    public String toString() {
        return "workflow/" + name + " " + status;
    }
}
