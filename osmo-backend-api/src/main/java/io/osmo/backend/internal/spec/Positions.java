// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.Position;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** Where in a document the fields are that paths such as {@code computePools[1].scale.max} name. Not for concurrent use. */
public final class Positions {
    private final Node root;

    /** The fields of the mappings that were looked up, by their spelling in paths. Filled on demand: documents can be very large. */
    private final Map<Node.Mapping, Map<String, Node>> fields = new IdentityHashMap<>();

    Positions(Node root) {
        this.root = root;
    }

    /** The position of a field; if it is missing, of the innermost thing around it that is there. */
    public Position of(String path) {
        Node node = root;
        String rest = path;
        while (!rest.isEmpty()) {
            Optional<Step> step = step(node, rest);
            if (step.isEmpty()) {
                break;
            }
            node = step.get().node();
            rest = rest.substring(step.get().length());
        }
        return node.at();
    }

    /** @param length of what names the node at the beginning of a path */
    private record Step(Node node, int length) {}

    private Optional<Step> step(Node parent, String path) {
        if (parent instanceof Node.Sequence sequence) {
            return element(sequence, path);
        }
        if (!(parent instanceof Node.Mapping mapping)) {
            return Optional.empty();
        }
        // A name may contain what separates names, so the longest that exists counts.
        Map<String, Node> named = fields.computeIfAbsent(mapping, Positions::named);
        for (int end = path.length(); end > 0; end = lastSeparator(path, end)) {
            Node node = named.get(parent == root ? rooted(path.substring(0, end)) : path.substring(0, end));
            if (node != null) {
                return Optional.of(new Step(node, end));
            }
        }
        return Optional.empty();
    }

    /** Paths begin without the dot that is before each other name. */
    private static String rooted(String name) {
        return name.startsWith("[") ? name : "." + name;
    }

    private static int lastSeparator(String path, int end) {
        return Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1));
    }

    private static Map<String, Node> named(Node.Mapping mapping) {
        Map<String, Node> named = new HashMap<>();
        mapping.entries().forEach((key, node) -> {
            named.put(EntryPath.of("", key), node);
            // Paths of settings name keys as they are.
            named.putIfAbsent("." + key, node);
        });
        return named;
    }

    private static Optional<Step> element(Node.Sequence sequence, String path) {
        int end = path.indexOf(']');
        if (!path.startsWith("[") || end < 0 || end > 10) {
            return Optional.empty();
        }
        try {
            int index = Integer.parseInt(path.substring(1, end));
            return index >= 0 && index < sequence.elements().size()
                    ? Optional.of(new Step(sequence.elements().get(index), end + 1))
                    : Optional.empty();
        } catch (NumberFormatException notAnIndex) {
            return Optional.empty();
        }
    }
}
