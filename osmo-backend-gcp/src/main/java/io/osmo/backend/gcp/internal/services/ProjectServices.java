// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.services;

import java.util.List;
import java.util.Set;

/**
 * Services of the project among those that are needed.
 *
 * @param enabled such as {@code container.googleapis.com}
 */
public record ProjectServices(Set<String> enabled) {
    public ProjectServices {
        enabled = Set.copyOf(enabled);
    }

    public List<String> missing(List<String> needed) {
        return needed.stream().filter(name -> !enabled.contains(name)).toList();
    }
}
