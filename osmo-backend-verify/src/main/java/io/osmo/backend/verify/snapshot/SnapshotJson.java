// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.spi.provider.PlainText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON of a snapshot: reads it, writes it, and says in plain words why something cannot be read. */
final class SnapshotJson {
    private static final String FORMAT = "osmo-backend-snapshot/1";
    private static final ObjectMapper MAPPER = SnapshotMapper.create();
    private static final int LONGEST_REASON = 1_000;
    private static final Pattern PROPERTY =
            Pattern.compile("^(Missing|Null value for) (?:required )?creator property '([^']+)'");

    /** Half a literal or number, which Jackson takes for an error of syntax. */
    private static final Pattern CUT_VALUE =
            Pattern.compile("[:,\\[]\\s*(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|-?\\d+\\.|-?\\d+(?:\\.\\d+)?[eE][+-]?)$");

    private static final int LONGEST_NUMBER = 100;

    private SnapshotJson() {}

    private record Document(String format, ClusterSnapshot snapshot) {}

    static String write(ClusterSnapshot snapshot) {
        ObjectNode document = MAPPER.createObjectNode().put("format", FORMAT);
        return document.set("snapshot", tree(snapshot)).toString();
    }

    static JsonNode tree(ClusterSnapshot snapshot) {
        return SnapshotLayout.flatten(MAPPER.valueToTree(snapshot));
    }

    static ClusterSnapshot read(String json) {
        if (json.isBlank()) {
            throw refused("it is empty", null);
        }
        try {
            JsonNode document = MAPPER.readTree(PlainText.withoutByteOrderMark(json));
            requireFormat(document.path("format").asText());
            if (document.get("snapshot") instanceof ObjectNode snapshot) {
                SnapshotLayout.hidden().stream().filter(snapshot::has).forEach(name -> {
                    throw unknownField("snapshot." + name, null);
                });
                expandQueues(snapshot);
                SnapshotLayout.nest(snapshot);
            }
            return MAPPER.treeToValue(document, Document.class).snapshot();
        } catch (JsonEOFException e) {
            throw refused("it is cut off; save it again", e);
        } catch (JsonParseException e) {
            if (endsEarly(json, e)) {
                throw refused("it is cut off; save it again", e);
            }
            throw refused(
                    "no JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    e);
        } catch (UnrecognizedPropertyException e) {
            throw unknownField(path(e), e);
        } catch (JsonMappingException e) {
            throw refused(problem(e), e);
        } catch (JsonProcessingException e) {
            throw refused(e.getOriginalMessage(), e);
        }
    }

    /** Jackson has an exception of its own for an early end, and does not always use it. */
    private static boolean endsEarly(String json, JsonParseException e) {
        return e.getOriginalMessage().startsWith("Unexpected end-of-input")
                || CUT_VALUE
                        .matcher(json.substring(Math.max(0, json.length() - LONGEST_NUMBER)))
                        .find();
    }

    private static void requireFormat(String format) {
        if (format.isEmpty()) {
            throw refused("it has no field 'format'", null);
        }
        if (!format.equals(FORMAT)) {
            throw refused(
                    format.startsWith(FORMAT.substring(0, FORMAT.indexOf('/') + 1))
                            ? "it was written by a newer version of this library, as " + format
                                    + ", and this one reads " + FORMAT
                            : "its format is '" + format + "'",
                    null);
        }
    }

    private static IllegalArgumentException unknownField(String path, @Nullable Exception cause) {
        return refused(path + ": an unknown field", cause);
    }

    private static IllegalArgumentException refused(String why, @Nullable Exception cause) {
        return new IllegalArgumentException("not a snapshot: " + PlainText.of(why, LONGEST_REASON), cause);
    }

    /** Jackson says which field is missing or null only in its message. */
    private static String problem(JsonMappingException e) {
        Matcher property = PROPERTY.matcher(PlainText.of(e.getOriginalMessage(), LONGEST_REASON));
        if (!property.find()) {
            return path(e) + ": "
                    + PlainText.of(e.getOriginalMessage(), LONGEST_REASON).replaceAll("`?(\\w+\\.)+(\\w+)`?", "$2");
        }
        String field = property.group(2);
        String path = path(e);
        String full =
                path.equals(field) || path.endsWith("." + field) ? path : path.isEmpty() ? field : path + "." + field;
        return full + (property.group(1).equals("Missing") ? ": missing" : ": null");
    }

    /** Such as {@code snapshot.nodes.known[3].labels}. */
    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            String field = step.getFieldName();
            if (field == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else if (!path.toString().equals("snapshot")
                    || !SnapshotLayout.hidden().contains(field)) {
                path.append(path.length() == 0 ? "" : ".").append(field);
            }
        }
        return path.toString();
    }

    /** Earlier snapshots hold only the names of queues. */
    private static void expandQueues(ObjectNode snapshot) {
        if (snapshot.at("/stack/queues/known") instanceof ArrayNode queues) {
            for (int i = 0; i < queues.size(); i++) {
                if (queues.get(i).isTextual()) {
                    queues.set(i, queues.objectNode().put("name", queues.get(i).asText()));
                }
            }
        }
    }
}
