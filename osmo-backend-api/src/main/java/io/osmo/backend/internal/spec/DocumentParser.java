// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.osmo.backend.error.Position;
import io.osmo.backend.internal.text.ForeignText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses text into {@link Node}s. It uses Jackson's tokens rather than its tree, because the tree drops what has to be reported:
 * duplicate keys, aliases, further documents, and the notation of numbers.
 */
final class DocumentParser {
    /** Characters of a document. A spec with 100 pools, each with all its fields, has 60,000. */
    private static final int LONGEST = 1 << 20;

    private static final int MAX_DEPTH = 64;

    /** Of what concerns the document as a whole. */
    private static final Position START = new Position(1, 1);

    private static final int LONGEST_REASON = 1_000;

    private final JsonParser parser;
    private final Problems problems;

    /** The document in code points, by which the YAML parser counts; empty when no anchor can be in it. */
    private final int[] anchors;

    private DocumentParser(JsonParser parser, String text, Problems problems) {
        this.parser = parser;
        this.anchors = text.contains("&") ? text.codePoints().toArray() : new int[0];
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
        return parse(factory, "JSON", ForeignText.withoutByteOrderMark(text), problems);
    }

    private static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
    }

    private static Optional<Node> parse(JsonFactory factory, String language, String text, Problems problems) {
        if (text.length() > LONGEST) {
            problems.form(
                    "document",
                    text.length() + " characters",
                    "at most " + LONGEST + " characters",
                    "Give the spec of one backend; it is a few kilobytes.");
            return Optional.empty();
        }
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                problems.form(
                        "document", "nothing", "a mapping with the fields of a spec", "Write one; see docs/spec.md.");
                return Optional.empty();
            }
            Node root = new DocumentParser(parser, text, problems).node(Path.ROOT, at(parser));
            if (parser.nextToken() != null) {
                problems.form(
                        at(parser),
                        "document",
                        "a further document",
                        "one document with one spec",
                        "Put each spec in a text of its own.");
            }
            return Optional.of(root);
        } catch (StreamConstraintsException e) {
            // It has no location, and its words are about the parser's settings.
            problems.form(
                    "document",
                    "values nested more than " + MAX_DEPTH + " deep, or a number or name without end",
                    "at most " + MAX_DEPTH + " levels",
                    "Compare the document with docs/spec.md.");
            return Optional.empty();
        } catch (JsonProcessingException e) {
            problems.form(
                    Optional.ofNullable(e.getLocation())
                            .map(DocumentParser::position)
                            .orElse(START),
                    "document",
                    reason(e),
                    "well-formed " + language,
                    "Correct the " + language + "; the error may begin further up.");
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /**
     * The parser's message without the text that it may quote, which could be a secret. A YAML error has its context first and
     * the problem last: the problem is the line before the last position.
     */
    private static String reason(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        List<String> lines = message.substring(0, Math.min(message.length(), LONGEST_REASON))
                .lines()
                .toList();
        if (message.startsWith("Expected a field name")) {
            return "a name of a field that is not a plain text";
        }
        String reason = lines.isEmpty() ? "a syntax error" : lines.get(0);
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith(" in ")) {
                reason = lines.get(i - 1);
            }
        }
        return reason.replaceAll("'[^\\s,\\\\][^']{2,}'", "'…'").replaceAll("\"[^\"]{2,}\"", "\"…\"");
    }

    /** The path of a node, put together only when something is said about it: documents may have long names and many nodes. */
    private record Path(@Nullable Path parent, String key, int index) {
        static final Path ROOT = new Path(null, "", -1);

        Path entry(String name) {
            return new Path(this, name, -1);
        }

        Path element(int number) {
            return new Path(this, "", number);
        }

        String text() {
            return parent == null
                    ? ""
                    : index < 0 ? Fields.join(parent.text(), key) : parent.text() + "[" + index + "]";
        }
    }

    private Node node(Path path, Position at) throws IOException {
        requireWritten(path);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(path, at);
            case START_ARRAY -> sequence(path, at);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Number(at, parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Node.Bool(at, token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> new Node.Nothing(at);
            default -> new Node.Text(at, parser.getText());
        };
    }

    /** Reports an alias or an anchor at the current token, which may be a name or a value. */
    private void requireWritten(Path path) throws IOException {
        if (parser instanceof YAMLParser yaml && (yaml.isCurrentAlias() || isAnchored())) {
            problems.form(
                    path == Path.ROOT ? "document" : path.text(),
                    yaml.isCurrentAlias() ? "an alias, *" + ForeignText.line(parser.getText(), 80) : "an anchor",
                    "plain values",
                    "Write the value out; references within the document are not read.");
        }
    }

    /** Jackson does not report the anchors of strings. Like tags, they precede the string within its token. */
    private boolean isAnchored() {
        int at = (int) parser.currentTokenLocation().getCharOffset();
        while (at >= 0 && at < anchors.length && (anchors[at] == '!' || Character.isWhitespace(anchors[at]))) {
            if (anchors[at] == '!') {
                while (at < anchors.length && !Character.isWhitespace(anchors[at])) {
                    at++;
                }
            } else {
                at++;
            }
        }
        return at >= 0 && at < anchors.length && anchors[at] == '&';
    }

    private Node mapping(Path path, Position start) throws IOException {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Position at = at(parser);
            Path child = path.entry(key);
            requireWritten(child);
            parser.nextToken();
            Node value = node(child, at);
            if (entries.putIfAbsent(key, value) != null) {
                problems.form(at, child.text(), "a second time", "each field once", "Remove one of the two.");
            }
        }
        return new Node.Mapping(start, entries);
    }

    private Node sequence(Path path, Position start) throws IOException {
        List<Node> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node(path.element(elements.size()), at(parser)));
        }
        return new Node.Sequence(start, elements);
    }

    private static Position at(JsonParser parser) {
        return position(parser.currentTokenLocation());
    }

    private static Position position(JsonLocation location) {
        return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
