// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Changes good documents into ones that are nearly good, or not at all. The same seed gives the same document. */
public final class Mutations {
    /** Most documents stay short, so that many can be tried; one in a thousand is as long as this, in characters. */
    private static final int LONGEST = 1 << 19;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int USUAL = 1 << 14;
    private static final List<String> WORDS = Stream.of(
                    List.of(
                            "{", "}", "[", "]", ":", ": ", ",", "- ", "? ", "\n", "\n  ", "\t", "'", "\"", "|\n",
                            ">-\n", "#"),
                    List.of("&a ", "*a ", "<<: *a", "!!int ", "!x ", "---\n", "...\n", "%YAML 1.1\n", "\\", "\\u0000"),
                    List.of(
                            "null",
                            "~",
                            "true",
                            "no",
                            "-1",
                            "0",
                            "1e999999999",
                            "1e-999999999",
                            "NaN",
                            ".inf",
                            "0x7fffffff"),
                    List.of(
                            "9223372036854775808",
                            "-9223372036854775809",
                            "1_000",
                            "0.1",
                            "1:2:3",
                            "2026-02-30",
                            "99999999999"),
                    List.of(
                            "\u0000",
                            "\ud800",
                            "\udc00",
                            "\u2028",
                            "\ufeff",
                            "\uffff",
                            "\u001b[2J",
                            "\ud83d\ude00",
                            "\u202e"),
                    List.of(
                            "10.0.0.0/8",
                            "0.0.0.0/0",
                            "::/0",
                            "2001:db8::/129",
                            "1.2.3.4/33",
                            "1.2.3",
                            "*",
                            "1-255.*.*.*"),
                    List.of(
                            "::error::x",
                            "##[error]",
                            "https://u:p@h/",
                            "file:///dev/zero",
                            "/dev/zero",
                            "${x}",
                            "$(x)",
                            "%s%n"),
                    List.of(
                            "a".repeat(64),
                            "a".repeat(254),
                            "a.".repeat(200),
                            "9".repeat(2_000),
                            "[".repeat(70),
                            "{a: ".repeat(70)),
                    List.of(
                            "{\"a\":".repeat(1_200),
                            "[".repeat(20_000),
                            "(".repeat(100),
                            "-".repeat(64),
                            "_",
                            "__proto__",
                            "class"))
            .flatMap(List::stream)
            .toList();

    private final List<String> good;
    private final List<String> words;

    /** @param good documents to begin with */
    public Mutations(List<String> good) {
        this.good = List.copyOf(good);
        this.words = Stream.concat(
                        WORDS.stream(),
                        good.stream()
                                .flatMap(document -> Stream.of(document.split("[^A-Za-z0-9./_-]+")))
                                .filter(word -> !word.isEmpty())
                                .distinct()
                                .sorted())
                .toList();
    }

    String of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String document = pick(good, random);
        int most = random.nextInt(1_000) == 0 ? LONGEST : Math.max(USUAL, 2 * document.length());
        if (document.startsWith("{") && random.nextBoolean()) {
            return rebuilt(document, random);
        }
        int changes = random.nextInt(20) == 0 ? 60 : 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            String changed = change(document, random).apply(document);
            document = changed.length() <= most ? changed : changed.substring(0, most);
        }
        if (most == LONGEST) {
            int from = random.nextInt(document.length() + 1);
            String piece = document.substring(from, Math.min(document.length(), from + 1 + random.nextInt(200)));
            document = document.substring(0, from)
                    + piece.repeat(piece.isEmpty() ? 0 : LONGEST / piece.length() / 2)
                    + document.substring(from);
        }
        return document;
    }

    /** Stays JSON, but with other values in some places: these get past the parser, to whoever reads the fields. */
    private String rebuilt(String document, SplittableRandom random) {
        try {
            JsonNode root = JSON.readTree(document);
            for (int i = 0; i <= random.nextInt(3); i++) {
                List<ContainerNode<?>> containers = new ArrayList<>();
                collect(root, containers);
                put(containers.get(random.nextInt(containers.size())), value(containers, random), random);
            }
            return root.toString();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> containers) {
        if (node instanceof ContainerNode<?> container) {
            containers.add(container);
        }
        node.forEach(child -> collect(child, containers));
    }

    private JsonNode value(List<ContainerNode<?>> containers, SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> NODES.nullNode();
            case 1 ->
                random.nextBoolean()
                        ? NODES.numberNode(random.nextInt(-2, 70_000))
                        : NODES.numberNode(random.nextDouble() * 1e300);
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> containers.get(random.nextInt(containers.size())).deepCopy();
            default -> NODES.textNode(pick(words, random));
        };
    }

    private void put(ContainerNode<?> container, JsonNode value, SplittableRandom random) {
        if (container instanceof ArrayNode array) {
            int at = random.nextInt(array.size() + 1);
            if (at < array.size() && random.nextInt(3) > 0) {
                array.set(at, value);
            } else {
                array.insert(at, value);
            }
        } else if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() || random.nextInt(5) == 0 ? pick(words, random) : pick(names, random);
            if (random.nextInt(5) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        }
    }

    private UnaryOperator<String> change(String document, SplittableRandom random) {
        int length = document.length();
        int from = random.nextInt(length + 1);
        int to = Math.min(length, from + 1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 20));
        String head = document.substring(0, from);
        String piece = document.substring(from, to);
        String tail = document.substring(to);
        return switch (random.nextInt(10)) {
            case 0 -> text -> head + tail;
            case 1 -> text -> head + pick(words, random) + piece + tail;
            case 2, 3 -> text -> head + pick(words, random) + tail;
            case 4 -> text -> replaceWord(text, from, pick(words, random));
            case 5 -> text -> head + piece.repeat(2 + random.nextInt(30)) + tail;
            case 6 -> text -> head + (char) random.nextInt(random.nextBoolean() ? 128 : 1 << 16) + tail;
            case 7 ->
                text -> {
                    String other = pick(good, random);
                    int at = random.nextInt(other.length() + 1);
                    return head + other.substring(at, Math.min(other.length(), at + 1 + random.nextInt(200))) + tail;
                };
            case 8 -> text -> tail + piece + head;
            default -> text -> head;
        };
    }

    /** Another value for a field, or another name. */
    private static String replaceWord(String text, int near, String word) {
        int from = near;
        while (from > 0 && isWord(text.charAt(from - 1))) {
            from--;
        }
        int to = near;
        while (to < text.length() && isWord(text.charAt(to))) {
            to++;
        }
        return text.substring(0, from) + word + text.substring(to);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || "./_-".indexOf(c) >= 0;
    }

    private static String pick(List<String> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }
}
