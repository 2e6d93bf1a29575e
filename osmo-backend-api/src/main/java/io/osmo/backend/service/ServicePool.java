// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

import java.util.List;
import java.util.Optional;

/**
 * A pool of the OSMO service.
 *
 * @param name name of the pool
 * @param status {@code ONLINE}, {@code OFFLINE} or {@code MAINTENANCE}
 * @param backend name of the backend that its nodes belong to
 * @param defaultPlatform platform of tasks that do not name one; empty if there is none
 * @param platforms names of its platforms, sorted
 */
public record ServicePool(
        String name, String status, String backend, Optional<String> defaultPlatform, List<String> platforms) {
    public ServicePool {
        platforms = List.copyOf(platforms);
    }

    /** Whether its backend is connected and the pool accepts work. */
    public boolean online() {
        return status.equals("ONLINE");
    }

    @Override
    public String toString() {
        return "pool/" + name;
    }
}
