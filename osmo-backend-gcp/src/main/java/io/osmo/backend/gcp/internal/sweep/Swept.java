// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.sweep;

import java.util.List;

/**
 * Objects that a sweep has found.
 *
 * @param links what they are, from {@code projects/} on, sorted
 */
public record Swept(List<String> links) {
    public Swept {
        links = links.stream().distinct().sorted().toList();
    }
}
