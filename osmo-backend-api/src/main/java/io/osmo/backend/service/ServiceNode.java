// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

import java.util.List;
import java.util.Map;

/**
 * A node as the OSMO service knows it.
 *
 * @param hostname name of the node
 * @param backend name of its backend
 * @param platforms the platforms that it belongs to, by pool name
 * @param allocatable allocatable amounts of {@code cpu}, {@code memory}, {@code storage} and {@code gpu}, in the service's notation
 */
public record ServiceNode(
        String hostname, String backend, Map<String, List<String>> platforms, Map<String, String> allocatable) {
    public ServiceNode {
        platforms = Map.copyOf(platforms);
        allocatable = Map.copyOf(allocatable);
    }

    @Override
    public String toString() {
        return "node/" + hostname;
    }
}
