// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What was seen of other backends in the same cluster. They use what is there, so the backend that has made it must not delete it under
 * them. Pure.
 *
 * @param namespaces the namespaces in which each has objects, by the value of its label; the empty text stands for objects outside of
 *     namespaces
 */
public record OtherBackends(Map<String, Set<String>> namespaces) {
    private static final String ID_KIND = "other-backends";

    public OtherBackends {
        namespaces = Map.copyOf(namespaces);
    }

    /** @param seen objects of one kind, of any backend or of none */
    static Map<ResourceId, Observed<?>> among(
            String kind, Collection<? extends HasMetadata> seen, Ownership ownership) {
        Map<String, Set<String>> others = new TreeMap<>();
        seen.forEach(object -> ownership
                .otherBackend(object)
                .ifPresent(other -> others.computeIfAbsent(other, first -> new TreeSet<>())
                        .add(Optional.ofNullable(object.getMetadata().getNamespace())
                                .orElse(""))));
        return others.isEmpty()
                ? Map.of()
                : Map.of(ResourceId.of(ID_KIND, kind), Observed.existing(new OtherBackends(others)));
    }

    /** @param removed what would be deleted or replaced, in a cluster that stays */
    public static List<Guard> guards(Inventory inventory, Set<ResourceId> removed) {
        Map<String, Set<String>> others = all(inventory);
        List<Guard> guards = new ArrayList<>();
        removed.stream()
                .filter(id -> id.equals(NamespaceResource.id(id.name())))
                .sorted()
                .forEach(namespace -> inside(namespace.name(), others)
                        .ifPresent(names -> guards.add(new Guard(
                                namespace.toString(),
                                "other backends have objects in it: " + names,
                                "Destroy these first, or give them other namespaces in osmo.operatorNamespace and"
                                        + " osmo.workflowNamespace of their specs."))));
        List<String> classes = removed.stream()
                .filter(id -> id.equals(PriorityClassResource.id(id.name())))
                .map(ResourceId::name)
                .sorted()
                .toList();
        if (!classes.isEmpty() && !others.isEmpty()) {
            String names = String.join(", ", others.keySet());
            guards.add(new Guard(
                    "priority classes " + String.join(", ", classes),
                    "the pods of other backends in the cluster need them: " + names,
                    "Destroy these first, or give the classes to one of them: kubectl label priorityclass "
                            + String.join(" ", classes) + " --overwrite " + Ownership.REGION_LABEL + "- "
                            + Ownership.BACKEND_LABEL + "=NAME"));
        }
        return guards;
    }

    private static Map<String, Set<String>> all(Inventory inventory) {
        Map<String, Set<String>> all = new TreeMap<>();
        inventory.observed().values().forEach(observed -> {
            if (observed.value() instanceof OtherBackends others) {
                others.namespaces()
                        .forEach((name, where) -> all.computeIfAbsent(name, first -> new TreeSet<>())
                                .addAll(where));
            }
        });
        return all;
    }

    private static Optional<String> inside(String namespace, Map<String, Set<String>> others) {
        return Optional.of(others.entrySet().stream()
                        .filter(other -> other.getValue().contains(namespace))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.joining(", ")))
                .filter(names -> !names.isEmpty());
    }
}
