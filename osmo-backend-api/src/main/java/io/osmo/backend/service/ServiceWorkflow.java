// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A workflow that was submitted.
 *
 * @param status such as {@code PENDING}, {@code RUNNING}, {@code COMPLETED} or {@code FAILED_IMAGE_PULL}
 * @param pool that it runs in, if the service says so
 * @param failures why its groups and tasks failed, as far as the service knows
 */
public record ServiceWorkflow(String name, String status, Optional<String> pool, List<String> failures) {
    private static final Set<String> ALIVE = Set.of("PENDING", "RUNNING", "WAITING");

    public ServiceWorkflow {
        failures = List.copyOf(failures);
    }

    /** Whether it has ended, one way or the other. */
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
