// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads text into {@link Node}s. It goes by tokens and not by Jackson's tree, because the tree drops what has to be reported:
 * duplicate keys, aliases, further documents, and how a number was written.
 */
final class DocumentParser {
    private static final int MAX_DEPTH = 64;

    private final JsonParser parser;
    private final Problems problems;

    private DocumentParser(JsonParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    static Optional<Node> yaml(String text, Problems problems) {
        YAMLFactory factory = YAMLFactory.builder()
                .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                .streamReadConstraints(constraints())
                .build();
        return parse(factory, "YAML", text, problems);
    }

    static Optional<Node> json(String text, Problems problems) {
        JsonFactory factory =
                new JsonFactoryBuilder().streamReadConstraints(constraints()).build();
        return parse(factory, "JSON", text, problems);
    }

    private static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
    }

    private static Optional<Node> parse(JsonFactory factory, String language, String text, Problems problems) {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                problems.form(
                        "document", "nothing", "a mapping with the fields of a spec", "Write one; see docs/spec.md.");
                return Optional.empty();
            }
            Node root = new DocumentParser(parser, problems).node("");
            if (parser.nextToken() != null) {
                problems.form(
                        at(parser),
                        "a further document",
                        "one document with one spec",
                        "Put each spec in a text of its own.");
            }
            return Optional.of(root);
        } catch (JsonProcessingException e) {
            problems.form(
                    "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    reason(e),
                    "well-formed " + language,
                    "Correct the " + language + "; the error may begin further up.");
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /**
     * The parser's own reason, without the pieces of text that it may quote: they may be secrets. Of a YAML error, which tells
     * its context first and the problem last, the line before the last position is the problem.
     */
    private static String reason(JsonProcessingException e) {
        List<String> lines = e.getOriginalMessage().lines().toList();
        String reason = lines.isEmpty() ? "a syntax error" : lines.get(0);
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith(" in ")) {
                reason = lines.get(i - 1);
            }
        }
        return reason.replaceAll("'[^\\s,\\\\][^']{2,}'", "'…'").replaceAll("\"[^\"]{2,}\"", "\"…\"");
    }

    private Node node(String path) throws IOException {
        if (parser instanceof YAMLParser yaml && (yaml.isCurrentAlias() || yaml.getObjectId() != null)) {
            problems.form(
                    path.isEmpty() ? "document" : path,
                    yaml.isCurrentAlias() ? "an alias, *" + parser.getText() : "an anchor, &" + yaml.getObjectId(),
                    "plain values",
                    "Write the value out; references within the document are not read.");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(path);
            case START_ARRAY -> sequence(path);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Number(parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Node.Bool(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> new Node.Nothing();
            default -> new Node.Text(parser.getText());
        };
    }

    private Node mapping(String path) throws IOException {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String at = at(parser);
            parser.nextToken();
            String child = Fields.join(path, key);
            Node value = node(child);
            if (entries.putIfAbsent(key, value) != null) {
                problems.form(child, "a second time, at " + at, "each field once", "Remove one of the two.");
            }
        }
        return new Node.Mapping(entries);
    }

    private Node sequence(String path) throws IOException {
        List<Node> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node(path + "[" + elements.size() + "]"));
        }
        return new Node.Sequence(elements);
    }

    private static String at(JsonParser parser) {
        return "line " + parser.currentTokenLocation().getLineNr() + ", column "
                + parser.currentTokenLocation().getColumnNr();
    }
}
