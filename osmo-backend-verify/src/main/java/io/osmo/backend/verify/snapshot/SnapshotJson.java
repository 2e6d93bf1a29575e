// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.osmo.backend.cluster.Fact;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The written form of a snapshot: the records as they are; a fact as {@code {"known": value}} or {@code {"unknown":
 * "reason"}}; an empty optional as {@code null}. A fact that is absent is unknown, so that what is read of a cluster may grow
 * and earlier snapshots can still be judged; nothing else may be absent.
 */
final class SnapshotJson {
    private static final String FORMAT = "osmo-backend-snapshot/1";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(facts())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new FactsMayBeAbsent())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Records have derived accessors such as nodeType(); only their components are data.
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .build();

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
        try {
            JsonNode document = MAPPER.readTree(json);
            String format = document.path("format").asText();
            if (!format.equals(FORMAT)) {
                throw new IllegalArgumentException(
                        "not a snapshot that this version reads: its format is '" + format + "', wanted is " + FORMAT);
            }
            if (document.at("/snapshot/stack/queues/known") instanceof ArrayNode queues) {
                spellOut(queues);
            }
            return MAPPER.treeToValue(document, Document.class).snapshot();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a snapshot: " + e.getOriginalMessage(), e);
        }
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
            }
            out.writeEndObject();
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
                fact = Fact.of(this.<Object>value(context, in));
            } else if ("unknown".equals(field)) {
                fact = Fact.unknown(in.getText());
            } else {
                throw context.weirdStringException(
                        String.valueOf(field), Fact.class, "a fact is either 'known' or 'unknown'");
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
