// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Maps the fields of a snapshot to its JSON. The fields of three of its records are on the level of the snapshot itself,
 * because the JSON format is older than these records.
 */
final class SnapshotLayout {
    /** Components of the snapshot that the JSON does not show, and the names of the fields that it shows in their place. */
    private static final Map<String, Set<String>> FLAT = Stream.of(ClusterSnapshot.class.getRecordComponents())
            .filter(c -> Set.of(ServerFacts.class, CoreFacts.class, StorageFacts.class)
                    .contains(c.getType()))
            .collect(Collectors.toUnmodifiableMap(RecordComponent::getName, SnapshotLayout::fields));

    private SnapshotLayout() {}

    /** Components of the snapshot that the JSON does not show. */
    static Set<String> hidden() {
        return FLAT.keySet();
    }

    /** From the form of the records to that of the JSON. */
    static ObjectNode flatten(JsonNode snapshot) {
        ObjectNode flat = ((ObjectNode) snapshot).objectNode();
        snapshot.properties().forEach(field -> {
            if (FLAT.containsKey(field.getKey())) {
                flat.setAll((ObjectNode) field.getValue());
            } else {
                flat.set(field.getKey(), field.getValue());
            }
        });
        return flat;
    }

    /** From the form of the JSON to that of the records, in place. */
    static void nest(ObjectNode snapshot) {
        FLAT.forEach((component, fields) -> {
            ObjectNode nested = snapshot.objectNode();
            fields.stream().filter(snapshot::has).forEach(field -> nested.set(field, snapshot.remove(field)));
            snapshot.set(component, nested);
        });
    }

    private static Set<String> fields(RecordComponent component) {
        return Stream.of(component.getType().getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toUnmodifiableSet());
    }
}
