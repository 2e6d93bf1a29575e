// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.osmo.backend.cluster.Fact;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The written form of a snapshot: the records as they are; a fact as {@code {"known": value}} or {@code {"unknown":
 * "reason"}}, with a {@code remedy} where there is one; an empty optional as {@code null}. A fact that is absent is unknown, so
 * that what is read of a cluster may grow and earlier snapshots can still be judged; nothing else may be absent.
 */
final class SnapshotJson {
    private static final String FORMAT = "osmo-backend-snapshot/1";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(facts())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new FactsMayBeAbsent())
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            // Records have derived accessors such as nodeType(); only their components are data.
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .build();

    private static final Pattern PROPERTY =
            Pattern.compile("^(Missing|Null value for) (?:required )?creator property '([^']+)'");

    private SnapshotJson() {}

    private record Document(String format, ClusterSnapshot snapshot) {}

    static String write(ClusterSnapshot snapshot) {
        try {
            return MAPPER.writeValueAsString(new Document(FORMAT, snapshot));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a snapshot that cannot be written is a defect of this library", e);
        }
    }

    static JsonNode tree(ClusterSnapshot snapshot) {
        return MAPPER.valueToTree(snapshot);
    }

    static ClusterSnapshot read(String json) {
        if (json.isBlank()) {
            throw refused("it is empty", null);
        }
        try {
            JsonNode document = MAPPER.readTree(json);
            requireFormat(document.path("format").asText());
            if (document.at("/snapshot/stack/queues/known") instanceof ArrayNode queues) {
                spellOut(queues);
            }
            return MAPPER.treeToValue(document, Document.class).snapshot();
        } catch (JsonEOFException e) {
            throw refused("it is cut off; save it again", e);
        } catch (JsonParseException e) {
            throw refused(
                    "no JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    e);
        } catch (UnrecognizedPropertyException e) {
            throw refused(path(e) + ": an unknown field", e);
        } catch (JsonMappingException e) {
            throw refused(problem(e), e);
        } catch (JsonProcessingException e) {
            throw refused(e.getOriginalMessage(), e);
        }
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

    private static IllegalArgumentException refused(String why, @Nullable Exception cause) {
        return new IllegalArgumentException("not a snapshot: " + why, cause);
    }

    /** Jackson names what is missing or null in its words only. */
    private static String problem(JsonMappingException e) {
        Matcher property = PROPERTY.matcher(e.getOriginalMessage());
        if (!property.find()) {
            return path(e) + ": " + e.getOriginalMessage().replaceAll("`?(\\w+\\.)+(\\w+)`?", "$2");
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
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    /** Earlier snapshots hold the names of queues only. */
    private static void spellOut(ArrayNode queues) {
        for (int i = 0; i < queues.size(); i++) {
            if (queues.get(i).isTextual()) {
                queues.set(i, queues.objectNode().put("name", queues.get(i).asText()));
            }
        }
    }

    /** Jackson asks it which fields must be there. */
    private static final class FactsMayBeAbsent extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember member) {
            return !member.getRawType().equals(Fact.class);
        }
    }

    private static SimpleModule facts() {
        return new SimpleModule()
                .addSerializer(rawClass(Fact.class), new FactSerializer())
                .addDeserializer(rawClass(Fact.class), new FactDeserializer(null))
                .addSerializer(rawClass(Optional.class), new OptionalSerializer())
                .addSerializer(rawClass(Set.class), new SetSerializer())
                .addDeserializer(rawClass(Optional.class), new OptionalDeserializer(null));
    }

    /** Generic types have no class literal of their own. */
    @SuppressWarnings("unchecked")
    private static <T> Class<T> rawClass(Class<?> type) {
        return (Class<T>) type;
    }

    private static final class FactSerializer extends JsonSerializer<Fact<?>> {
        @Override
        public void serialize(Fact<?> fact, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            if (fact instanceof Fact.Known<?> known) {
                provider.defaultSerializeField("known", known.value(), out);
            } else if (fact instanceof Fact.Unknown<?> unknown) {
                out.writeStringField("unknown", unknown.reason());
                if (!unknown.remedy().isEmpty()) {
                    out.writeStringField("remedy", unknown.remedy());
                }
            }
            out.writeEndObject();
        }
    }

    /** In order: that in which Java keeps a set differs from run to run, and the same cluster gives the same text. */
    private static final class SetSerializer extends JsonSerializer<Set<? extends Comparable<?>>> {
        @Override
        public void serialize(Set<? extends Comparable<?>> set, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            provider.defaultSerializeValue(set.stream().sorted().toList(), out);
        }
    }

    private static final class OptionalSerializer extends JsonSerializer<Optional<?>> {
        @Override
        public void serialize(Optional<?> optional, JsonGenerator out, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(optional.orElse(null), out);
        }
    }

    /** Reads the one type argument of the field at hand. */
    private abstract static class Content<T> extends JsonDeserializer<T> implements ContextualDeserializer {
        final @Nullable JavaType content;

        Content(@Nullable JavaType content) {
            this.content = content;
        }

        abstract JsonDeserializer<T> of(JavaType content);

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            return of(context.getContextualType().containedTypeOrUnknown(0));
        }

        @SuppressWarnings("TypeParameterUnusedInFormals")
        final <V> V value(DeserializationContext context, JsonParser in) throws IOException {
            if (content == null) {
                throw new IllegalStateException("used without its type argument");
            }
            return context.<V>readValue(in, content);
        }
    }

    private static final class FactDeserializer extends Content<Fact<?>> {
        FactDeserializer(@Nullable JavaType content) {
            super(content);
        }

        @Override
        JsonDeserializer<Fact<?>> of(JavaType type) {
            return new FactDeserializer(type);
        }

        @Override
        public Fact<?> getAbsentValue(DeserializationContext context) {
            return Fact.unknown("the snapshot is older than this fact: read the cluster again");
        }

        @Override
        public Fact<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String field = in.nextFieldName();
            in.nextToken();
            Fact<?> fact;
            if ("known".equals(field)) {
                Object value =
                        in.currentToken() == JsonToken.VALUE_NULL ? null : this.<@Nullable Object>value(context, in);
                if (value == null) {
                    throw JsonMappingException.from(in, "null is no value of a fact");
                }
                fact = Fact.of(value);
            } else if ("unknown".equals(field)) {
                String reason = in.getText();
                fact = "remedy".equals(in.nextFieldName())
                        ? Fact.unknown(reason, in.nextTextValue())
                        : Fact.unknown(reason);
                if (in.currentToken() == JsonToken.END_OBJECT) {
                    return fact;
                }
            } else {
                throw JsonMappingException.from(in, "a fact is either 'known' or 'unknown', not '" + field + "'");
            }
            in.nextToken();
            return fact;
        }
    }

    private static final class OptionalDeserializer extends Content<Optional<?>> {
        OptionalDeserializer(@Nullable JavaType content) {
            super(content);
        }

        @Override
        JsonDeserializer<Optional<?>> of(JavaType type) {
            return new OptionalDeserializer(type);
        }

        @Override
        public Optional<?> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }

        @Override
        public Optional<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Optional.of(this.<Object>value(context, in));
        }
    }
}
