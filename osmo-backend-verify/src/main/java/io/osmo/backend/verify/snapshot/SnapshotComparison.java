// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Compares the written forms of two snapshots, so that no field can be forgotten here. */
final class SnapshotComparison {
    /** Fields that differ between any two snapshots and mean nothing. */
    private static final Set<String> LEFT_OUT = Set.of("time");

    /** Fields that probes measure, which are never the same twice. */
    private static final Set<String> MEASURED = Set.of("clockOffset", "seconds");

    private final List<SnapshotChange> changes = new ArrayList<>();

    private SnapshotComparison() {}

    static List<SnapshotChange> compare(JsonNode before, JsonNode after) {
        SnapshotComparison comparison = new SnapshotComparison();
        fields(before, after)
                .filter(name -> !LEFT_OUT.contains(name))
                .forEach(name -> comparison.values(name, before.get(name), after.get(name)));
        return List.copyOf(comparison.changes);
    }

    private void values(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
        JsonNode was = known(before);
        JsonNode is = known(after);
        if (was == null || is == null) {
            if (was != is) {
                changes.add(new SnapshotChange(path, text(was), text(is)));
            }
        } else if (was.isObject() && is.isObject()) {
            fields(was, is)
                    .filter(name -> !MEASURED.contains(name))
                    .forEach(name -> values(path + "/" + name, was.get(name), is.get(name)));
        } else if (was.isArray() && is.isArray() && named(was) && named(is)) {
            Map<String, JsonNode> ours = byName(was);
            Map<String, JsonNode> theirs = byName(is);
            TreeSet<String> names = new TreeSet<>(ours.keySet());
            names.addAll(theirs.keySet());
            names.forEach(name -> values(path + "/" + name, ours.get(name), theirs.get(name)));
        } else if (!was.equals(is)) {
            changes.add(new SnapshotChange(path, text(was), text(is)));
        }
    }

    /** The value of a known fact, otherwise the node itself; null for an empty optional. */
    private static @Nullable JsonNode known(@Nullable JsonNode node) {
        JsonNode value =
                node != null && node.isObject() && node.size() == 1 && node.has("known") ? node.get("known") : node;
        return value == null || value.isNull() ? null : value;
    }

    private static Optional<String> text(@Nullable JsonNode node) {
        return Optional.ofNullable(node).map(n -> {
            if (n.isObject() && n.path("unknown").isTextual()) {
                return "unknown (" + n.get("unknown").asText() + ")";
            }
            return n.isTextual() ? n.asText() : n.toString();
        });
    }

    private static Stream<String> fields(JsonNode before, JsonNode after) {
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        return names.stream();
    }

    private static boolean named(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).allMatch(element -> element.hasNonNull("name"));
    }

    /** A namespaced object is named by namespace and name; further ones of the same name get a number. */
    private static Map<String, JsonNode> byName(JsonNode list) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        for (JsonNode element : list) {
            String namespace = element.path("namespace").asText("");
            String name = (namespace.isEmpty() ? "" : namespace + "/")
                    + element.get("name").asText();
            String unique = name;
            for (int i = 2; byName.containsKey(unique); i++) {
                unique = name + "#" + i;
            }
            byName.put(unique, element);
        }
        return byName;
    }
}
