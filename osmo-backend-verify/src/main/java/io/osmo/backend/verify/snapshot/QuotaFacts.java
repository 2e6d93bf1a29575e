// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.Map;
import java.util.Set;

/**
 * A resource quota.
 *
 * @param priorityClasses priority classes that it allows, by its scope
 * @param scopes which pods it counts, such as {@code NotBestEffort}, with {@code not} before what it excludes, as in
 *     {@code not PriorityClass system-node-critical}; all pods when empty
 * @param hard limits as Kubernetes quantities by resource, such as {@code requests.cpu}
 * @param used what is used of them, likewise
 */
public record QuotaFacts(
        String namespace,
        String name,
        Set<String> priorityClasses,
        Fact<Set<String>> scopes,
        Fact<Map<String, String>> hard,
        Fact<Map<String, String>> used) {
    public QuotaFacts {
        priorityClasses = Set.copyOf(priorityClasses);
        scopes = scopes.map(Set::copyOf);
        hard = hard.map(Map::copyOf);
        used = used.map(Map::copyOf);
    }

    @Override
    public String toString() {
        return "quota/" + namespace + "/" + name;
    }
}
