// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which field, as server-side apply defines it (Kubernetes documentation, "Server-Side Apply"). A field is a path
 * of {@code f:name} and {@code k:{"key":"value"}} steps to a leaf; lists are atomic but for those that Kubernetes merges by
 * key.
 */
final class FieldOwnership {
    /** Lists that are merged, and the member that identifies their items. */
    private static final Map<String, String> LIST_KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "env", "name",
            "volumes", "name",
            "volumeMounts", "mountPath",
            "imagePullSecrets", "name",
            "conditions", "type",
            "ownerReferences", "uid");

    private static final Set<String> SYSTEM = Set.of(
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "generation",
            "managedFields",
            "deletionTimestamp",
            "selfLink",
            "generateName");

    private FieldOwnership() {}

    /** Fields of an object that can be owned. */
    static Set<List<String>> fields(JsonNode object) {
        Set<List<String>> fields = new LinkedHashSet<>();
        object.fields().forEachRemaining(entry -> {
            switch (entry.getKey()) {
                case "apiVersion", "kind" -> {}
                case "metadata" ->
                    entry.getValue().fields().forEachRemaining(meta -> {
                        if (!SYSTEM.contains(meta.getKey())) {
                            collect(
                                    meta.getKey(),
                                    meta.getValue(),
                                    List.of("f:metadata", "f:" + meta.getKey()),
                                    fields);
                        }
                    });
                default -> collect(entry.getKey(), entry.getValue(), List.of("f:" + entry.getKey()), fields);
            }
        });
        return fields;
    }

    private static void collect(String name, JsonNode value, List<String> path, Set<List<String>> fields) {
        String key = listKey(name, value);
        if (value.isObject() && !value.isEmpty()) {
            value.fields()
                    .forEachRemaining(e -> collect(e.getKey(), e.getValue(), plus(path, "f:" + e.getKey()), fields));
        } else if (key != null) {
            for (JsonNode item : value) {
                List<String> itemPath = plus(path, "k:{\"" + key + "\":" + item.get(key) + "}");
                item.fields()
                        .forEachRemaining(
                                e -> collect(e.getKey(), e.getValue(), plus(itemPath, "f:" + e.getKey()), fields));
            }
        } else {
            fields.add(path);
        }
    }

    /** Value at a path; a missing node when there is none. */
    static JsonNode at(JsonNode object, List<String> path) {
        JsonNode node = object;
        for (String step : path) {
            node = step(node, step);
        }
        return node;
    }

    private static JsonNode step(JsonNode node, String step) {
        if (step.startsWith("f:")) {
            return node.path(step.substring(2));
        }
        for (JsonNode item : node) {
            if (isItem(item, step)) {
                return item;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static boolean isItem(JsonNode item, String step) {
        int colon = step.indexOf("\":");
        String key = step.substring("k:{\"".length(), colon);
        return item.path(key).toString().equals(step.substring(colon + 2, step.length() - 1));
    }

    /** Removes a field, and what is empty above it then. */
    static void remove(ObjectNode object, List<String> path) {
        List<String> parentPath = path.subList(0, path.size() - 1);
        JsonNode parent = at(object, parentPath);
        String last = path.get(path.size() - 1);
        if (parent instanceof ObjectNode fields && last.startsWith("f:")) {
            fields.remove(last.substring(2));
        } else if (parent instanceof ArrayNode items) {
            for (Iterator<JsonNode> i = items.iterator(); i.hasNext(); ) {
                if (isItem(i.next(), last)) {
                    i.remove();
                }
            }
        }
        boolean onlyKeyLeft = last.startsWith("f:")
                && !parentPath.isEmpty()
                && parentPath.get(parentPath.size() - 1).startsWith("k:")
                && parent.size() <= 1;
        if (!parentPath.isEmpty() && (parent.isEmpty() || onlyKeyLeft)) {
            remove(object, parentPath);
        }
    }

    /** Merges an applied object into the existing one. */
    static void merge(ObjectNode target, JsonNode applied) {
        applied.fields().forEachRemaining(e -> {
            JsonNode old = target.get(e.getKey());
            String key = listKey(e.getKey(), e.getValue());
            if (old instanceof ObjectNode oldObject && e.getValue().isObject()) {
                merge(oldObject, e.getValue());
            } else if (old instanceof ArrayNode oldItems && key != null) {
                for (JsonNode item : e.getValue()) {
                    mergeItem(oldItems, key, item);
                }
            } else {
                target.set(e.getKey(), e.getValue().deepCopy());
            }
        });
    }

    private static void mergeItem(ArrayNode items, String key, JsonNode item) {
        for (JsonNode old : items) {
            if (old.path(key).equals(item.path(key)) && old instanceof ObjectNode known) {
                merge(known, item);
                return;
            }
        }
        items.add(item.deepCopy());
    }

    /** The list's key if it is merged by one. */
    private static @Nullable String listKey(String name, JsonNode value) {
        String key = LIST_KEYS.get(name);
        if (key == null || !value.isArray() || value.isEmpty()) {
            return null;
        }
        for (JsonNode item : value) {
            if (!item.has(key)) {
                return null;
            }
        }
        return key;
    }

    /**
     * Paths as the nested object that {@code managedFields} shows. It is kept as text: as nodes it would take more memory than the rest
     * of the object.
     */
    static JsonNode write(Set<List<String>> fields) {
        ObjectNode fieldsV1 = Json.MAPPER.createObjectNode();
        List<List<String>> sorted = new ArrayList<>(fields);
        sorted.sort(Comparator.comparing(List::toString));
        for (List<String> path : sorted) {
            ObjectNode node = fieldsV1;
            for (String step : path) {
                JsonNode next = node.get(step);
                if (next instanceof ObjectNode known) {
                    node = known;
                } else {
                    node = node.putObject(step);
                    if (step.startsWith("k:")) {
                        node.putObject(".");
                    }
                }
            }
        }
        return Json.MAPPER.getNodeFactory().rawValueNode(new RawValue(fieldsV1.toString()));
    }

    /** The inverse of {@link #write}. */
    static Set<List<String>> read(JsonNode fieldsV1) {
        Set<List<String>> fields = new LinkedHashSet<>();
        try {
            read(Json.MAPPER.readTree(fieldsV1.toString()), List.of(), fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("managedFields are not what was written", e);
        }
        return fields;
    }

    private static void read(JsonNode node, List<String> path, Set<List<String>> fields) {
        if (node.isEmpty() && !path.isEmpty()) {
            fields.add(path);
        }
        node.fields().forEachRemaining(e -> {
            if (!e.getKey().equals(".")) {
                read(e.getValue(), plus(path, e.getKey()), fields);
            }
        });
    }

    private static List<String> plus(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }
}
