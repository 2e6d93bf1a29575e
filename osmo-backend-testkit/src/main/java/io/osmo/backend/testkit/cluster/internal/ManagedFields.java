// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The entries of {@code metadata.managedFields}: who owns which fields of an object. */
final class ManagedFields {
    private ManagedFields() {}

    /** Writes who owns what: the manager its fields; the others what they had and still has the value that they set. */
    static void own(
            ObjectNode object,
            @Nullable ObjectNode old,
            String manager,
            String operation,
            Set<List<String>> fields,
            String time) {
        ArrayNode entries = Json.MAPPER.createArrayNode();
        Set<List<String>> mine = new LinkedHashSet<>(fields);
        if (old != null) {
            for (JsonNode entry : old.at("/metadata/managedFields")) {
                Set<List<String>> theirs = FieldOwnership.read(entry.path("fieldsV1"));
                boolean same = isBy(entry, manager, operation);
                if (same && operation.equals("Update")) {
                    mine.addAll(theirs);
                }
                theirs.removeIf(path -> !FieldOwnership.at(object, path).equals(FieldOwnership.at(old, path)));
                if (!same && !theirs.isEmpty()) {
                    ObjectNode kept = entry.deepCopy();
                    kept.set("fieldsV1", FieldOwnership.write(theirs));
                    entries.add(kept);
                }
            }
        }
        mine.removeIf(path -> FieldOwnership.at(object, path).isMissingNode());
        if (!mine.isEmpty()) {
            ObjectNode entry = entries.addObject();
            entry.put("manager", manager);
            entry.put("operation", operation);
            entry.put("apiVersion", object.path("apiVersion").asText());
            entry.put("time", time);
            entry.put("fieldsType", "FieldsV1");
            entry.set("fieldsV1", FieldOwnership.write(mine));
        }
        object.withObject("/metadata").set("managedFields", entries);
    }

    /** Refuses to apply over fields that others own. */
    static void refuseConflicts(ObjectNode old, ObjectNode applied, Set<List<String>> wanted, String manager) {
        List<Map<String, String>> causes = new ArrayList<>();
        for (JsonNode entry : old.at("/metadata/managedFields")) {
            if (isBy(entry, manager, "Apply")) {
                continue;
            }
            for (List<String> path : FieldOwnership.read(entry.path("fieldsV1"))) {
                if (wanted.contains(path) && !FieldOwnership.at(old, path).equals(FieldOwnership.at(applied, path))) {
                    causes.add(conflict(entry, path));
                }
            }
        }
        if (!causes.isEmpty()) {
            String texts = causes.stream()
                    .map(c -> c.get("message") + ": " + c.get("field"))
                    .collect(Collectors.joining(", "));
            throw new ApiError(
                    409,
                    "Conflict",
                    "Apply failed with " + causes.size() + (causes.size() == 1 ? " conflict: " : " conflicts: ")
                            + texts,
                    causes);
        }
    }

    private static Map<String, String> conflict(JsonNode entry, List<String> path) {
        return Map.of(
                "reason",
                "FieldManagerConflict",
                "message",
                "conflict with \"" + entry.path("manager").asText() + "\" using "
                        + entry.path("apiVersion").asText(),
                "field",
                path.stream().map(s -> "." + s.substring(2)).collect(Collectors.joining()));
    }

    /** Removes what a manager has applied before but no longer applies, unless another manager owns it too. */
    static void removeAbandoned(ObjectNode merged, ObjectNode old, Set<List<String>> wanted, String manager) {
        for (JsonNode entry : old.at("/metadata/managedFields")) {
            if (isBy(entry, manager, "Apply")) {
                FieldOwnership.read(entry.path("fieldsV1")).stream()
                        .filter(path -> !wanted.contains(path) && !ownedByOthers(old, path, manager))
                        .forEach(path -> FieldOwnership.remove(merged, path));
            }
        }
    }

    private static boolean ownedByOthers(ObjectNode object, List<String> path, String manager) {
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            if (!isBy(entry, manager, "Apply")
                    && FieldOwnership.read(entry.path("fieldsV1")).contains(path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBy(JsonNode entry, String manager, String operation) {
        return entry.path("manager").asText().equals(manager)
                && entry.path("operation").asText().equals(operation);
    }
}
