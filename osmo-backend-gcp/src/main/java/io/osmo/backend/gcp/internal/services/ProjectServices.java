// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.services;

import io.osmo.backend.gcp.internal.LastOperation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Services of the project among those that are needed.
 *
 * @param enabled such as {@code container.googleapis.com}
 * @param operation what is enabling them; empty if this library has not started one, or if it has ended
 */
public record ProjectServices(Set<String> enabled, Optional<LastOperation.Running> operation) {
    public ProjectServices {
        enabled = Set.copyOf(enabled);
    }

    static ProjectServices enabled(Set<String> names) {
        return new ProjectServices(names, Optional.empty());
    }

    static ProjectServices enabling(Optional<LastOperation.Running> operation) {
        return new ProjectServices(Set.of(), operation);
    }

    public List<String> missing(List<String> needed) {
        return needed.stream().filter(name -> !enabled.contains(name)).toList();
    }
}
