// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.osmo.backend.cluster.Fact;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps the records of a snapshot to JSON. A fact is {@code {"known": value}} or {@code {"unknown": "reason"}}, with a
 * {@code remedy} where there is one; an empty optional is {@code null}. A missing fact is unknown; any other missing field is
 * an error.
 */
final class SnapshotMapper {
    private SnapshotMapper() {}

    static ObjectMapper create() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(module())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .annotationIntrospector(new OptionalFacts())
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                // Records have derived accessors such as nodeType(); only their components are data.
                .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .build();
    }

    /** Tells Jackson which fields are required: all but facts. */
    private static final class OptionalFacts extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember member) {
            return !member.getRawType().equals(Fact.class);
        }
    }

    private static SimpleModule module() {
        return new SimpleModule()
                .addSerializer(rawClass(Fact.class), new FactSerializer())
                .addDeserializer(rawClass(Fact.class), new FactDeserializer(null))
                .addSerializer(rawClass(Optional.class), new OptionalSerializer())
                .addSerializer(rawClass(Set.class), new SetSerializer())
                .addDeserializer(rawClass(Optional.class), new OptionalDeserializer(null));
    }

    /** A generic type has no class literal. */
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

    /** Sorted, because the order of a Java set differs from run to run and the same cluster must give the same text. */
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

    /** Reads a value of the type argument of the current field. */
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
                throw new IllegalStateException("a deserializer without its type argument");
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

        /** That something is known not to exist is written as null. */
        private @Nullable Object emptyOrNull() {
            return content != null && content.hasRawClass(Optional.class) ? Optional.empty() : null;
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
                Object value = in.currentToken() == JsonToken.VALUE_NULL
                        ? emptyOrNull()
                        : this.<@Nullable Object>value(context, in);
                if (value == null) {
                    throw JsonMappingException.from(in, "a fact cannot be null");
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
