// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a YAML or JSON document, with scalars as they were written: {@code 1.30} is not yet a number. */
sealed interface Node {
    /** Where it is: of the value of a field, where the name of the field begins. */
    Position at();

    /** What it is, in words for people. */
    String kind();

    /** The same as maps, lists, strings, numbers and booleans; null is left out. */
    Object plain();

    record Mapping(Position at, Map<String, Node> entries) implements Node {
        @Override
        public String kind() {
            return "a mapping";
        }

        @Override
        public Map<String, Object> plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            entries.forEach((key, node) -> {
                if (!(node instanceof Nothing)) {
                    plain.put(key, node.plain());
                }
            });
            return plain;
        }
    }

    record Sequence(Position at, List<Node> elements) implements Node {
        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public List<Object> plain() {
            return elements.stream()
                    .filter(e -> !(e instanceof Nothing))
                    .map(Node::plain)
                    .toList();
        }
    }

    record Text(Position at, String text) implements Node {
        @Override
        public String kind() {
            return text.isEmpty() ? "nothing" : "text";
        }

        @Override
        public Object plain() {
            return text;
        }
    }

    record Number(Position at, String text) implements Node {
        @Override
        public String kind() {
            return "a number";
        }

        @Override
        public Object plain() {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException notAnInt) {
                try {
                    return Double.valueOf(text);
                } catch (NumberFormatException notADecimal) {
                    return text;
                }
            }
        }
    }

    record Bool(Position at, boolean value) implements Node {
        @Override
        public String kind() {
            return "true or false";
        }

        @Override
        public Object plain() {
            return value;
        }
    }

    /** {@code null}, or a key without a value. */
    record Nothing(Position at) implements Node {
        @Override
        public String kind() {
            return "nothing";
        }

        @Override
        public Object plain() {
            throw new IllegalStateException("null has no plain form");
        }
    }
}
