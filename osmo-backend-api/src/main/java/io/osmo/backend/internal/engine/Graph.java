// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Orders and checks what a provider returns. A graph that is wrong is a defect of the provider, not of the host. */
final class Graph {
    private Graph() {}

    static <D extends Deletable<?>> Map<ResourceId, D> index(List<D> resources) {
        Map<ResourceId, D> index = new LinkedHashMap<>();
        for (D resource : resources) {
            if (index.put(resource.id(), resource) != null) {
                throw new IllegalStateException("two resources have the id " + resource.id());
            }
        }
        return index;
    }

    /** Fails when a resource comes after something that is neither in the graph nor known otherwise. */
    static void requireKnown(Map<ResourceId, ? extends Deletable<?>> graph, Set<ResourceId> known) {
        graph.forEach((id, resource) -> resource.after().forEach(before -> {
            if (!graph.containsKey(before) && !known.contains(before)) {
                throw new IllegalStateException(id + " comes after " + before + ", which does not exist");
            }
        }));
    }

    /**
     * The ids in topological order. Ids without an order between them are sorted, so that the result is the same in every run.
     *
     * @param after for each id, the ids that come before it; those that are not keys are ignored
     */
    static List<ResourceId> sort(Map<ResourceId, Set<ResourceId>> after) {
        Map<ResourceId, Set<ResourceId>> open = new TreeMap<>();
        Map<ResourceId, List<ResourceId>> dependents = new HashMap<>();
        after.forEach((id, befores) -> {
            Set<ResourceId> inside = new TreeSet<>(befores);
            inside.retainAll(after.keySet());
            inside.forEach(before ->
                    dependents.computeIfAbsent(before, b -> new ArrayList<>()).add(id));
            open.put(id, inside);
        });
        Deque<ResourceId> ready = new ArrayDeque<>();
        open.forEach((id, befores) -> {
            if (befores.isEmpty()) {
                ready.add(id);
            }
        });
        List<ResourceId> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            ResourceId id = ready.remove();
            sorted.add(id);
            open.remove(id);
            dependents.getOrDefault(id, List.of()).stream().sorted().forEach(dependent -> {
                Set<ResourceId> befores = open.getOrDefault(dependent, Set.of());
                if (befores.remove(id) && befores.isEmpty()) {
                    ready.add(dependent);
                }
            });
        }
        if (!open.isEmpty()) {
            throw new IllegalStateException("these resources wait for each other in a cycle: " + open.keySet());
        }
        return sorted;
    }
}
