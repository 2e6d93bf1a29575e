// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** JSON, which every API server can send. */
record JsonEncoding() implements Encoding {
    static final String TYPE = "application/json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public Decoder decoder(Fields fields, Sink sink) {
        return new Whole(fields, sink);
    }

    @Override
    public String message(byte[] status) throws IOException {
        return MAPPER.readTree(status).path("message").asText("");
    }

    /** Decodes a page once it is complete, except that the token of the next page is read earlier. */
    private static final class Whole implements Decoder {
        private final Fields fields;
        private final Sink sink;
        private final List<byte[]> body = new ArrayList<>();
        private boolean begun;
        private boolean told;

        private Whole(Fields fields, Sink sink) {
            this.fields = fields;
            this.sink = sink;
        }

        @Override
        public void feed(ByteBuffer piece) {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            body.add(bytes);
            if (!begun) {
                begun = true;
                try (InputStream first = new ByteArrayInputStream(bytes)) {
                    token(first).ifPresent(this::tell);
                } catch (IOException e) {
                    // The piece ends before the token does, which is then read from the whole page.
                }
            }
        }

        @Override
        public void end() throws IOException {
            if (!told) {
                token(whole()).ifPresent(this::tell);
            }
            items(whole());
        }

        /** The pieces are not copied together: pages are large, and many arrive at once. */
        private InputStream whole() {
            Iterator<InputStream> pieces =
                    body.stream().<InputStream>map(ByteArrayInputStream::new).iterator();
            return new SequenceInputStream(new Enumeration<>() {
                @Override
                public boolean hasMoreElements() {
                    return pieces.hasNext();
                }

                @Override
                public InputStream nextElement() {
                    return pieces.next();
                }
            });
        }

        private void tell(String token) {
            told = true;
            sink.next(token);
        }

        /** Most kinds have it before the items, so little has to be read. */
        private static Optional<String> token(InputStream body) throws IOException {
            try (JsonParser in = MAPPER.createParser(body)) {
                in.nextToken();
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    String field = in.currentName();
                    in.nextToken();
                    if (field.equals("metadata")) {
                        String token =
                                MAPPER.<JsonNode>readTree(in).path("continue").asText("");
                        return Optional.of(token).filter(t -> !t.isEmpty());
                    }
                    in.skipChildren();
                }
                return Optional.empty();
            }
        }

        private void items(InputStream body) throws IOException {
            boolean found = false;
            try (JsonParser in = MAPPER.createParser(body)) {
                in.nextToken();
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    boolean items = in.currentName().equals("items");
                    found |= items;
                    if (in.nextToken() == JsonToken.START_ARRAY && items) {
                        while (in.nextToken() != JsonToken.END_ARRAY) {
                            sink.item(read(in, fields));
                        }
                    } else {
                        in.skipChildren();
                    }
                }
            }
            if (!found) {
                throw new IOException("an answer that is not a list");
            }
        }

        /**
         * Reads the value at which the parser is; the fields of an array apply to its elements. Jackson's own
         * FilteringParserDelegate takes twice as long to skip the rest.
         */
        private static JsonNode read(JsonParser in, Fields fields) throws IOException {
            if (!fields.isAll() && in.currentToken() == JsonToken.START_OBJECT) {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    Field field = fields.named(in.currentName());
                    in.nextToken();
                    if (field == null) {
                        in.skipChildren();
                    } else {
                        object.set(field.name(), read(in, field.fields()));
                    }
                }
                return object;
            }
            if (!fields.isAll() && in.currentToken() == JsonToken.START_ARRAY) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    array.add(read(in, fields));
                }
                return array;
            }
            return in.currentToken() == JsonToken.VALUE_STRING
                    ? JsonNodeFactory.instance.textNode(in.getText())
                    : MAPPER.readTree(in);
        }
    }
}
