// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The two namespaces of OSMO with their labels. One that does not exist yet will have no label but its name. */
final class OsmoNamespaces {
    private final Fact<Map<String, Map<String, String>>> labels;

    OsmoNamespaces(Expectations expectations, Fact<List<NamespaceFacts>> namespaces) {
        this.labels = namespaces.map(all -> {
            Map<String, Map<String, String>> known = new HashMap<>();
            Stream.of(expectations.operatorNamespace(), expectations.workflowNamespace())
                    .forEach(name -> known.put(name, Map.of("kubernetes.io/metadata.name", name)));
            for (NamespaceFacts namespace : all) {
                known.computeIfPresent(
                        namespace.name(),
                        (name, own) -> namespace.labels().known().orElse(own));
            }
            return known;
        });
    }

    /** Those that a selector of Kubernetes matches. */
    Fact<Set<String>> selected(JsonNode selector) {
        return labels.map(known -> known.keySet().stream()
                .filter(name -> Matching.selects(selector, known.getOrDefault(name, Map.of())))
                .collect(Collectors.toUnmodifiableSet()));
    }

    Fact<Set<String>> all() {
        return labels.map(known -> Set.copyOf(known.keySet()));
    }

    /** Those with one of these names. */
    Fact<Set<String>> named(List<String> names) {
        return labels.map(
                known -> known.keySet().stream().filter(names::contains).collect(Collectors.toUnmodifiableSet()));
    }
}
