// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * Protobuf, which API servers can send for Kubernetes' own kinds, but not for custom resources. Client and server need a fraction
 * of the time that JSON takes, and unused fields are skipped unread because each is preceded by its length.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding">Kubernetes: API concepts, protobuf
 *     encoding</a>
 */
record ProtobufEncoding() implements Encoding {
    static final String TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = "k8s\0".getBytes(StandardCharsets.US_ASCII);

    /** Field {@code raw} of {@code k8s.io.apimachinery.pkg.runtime.Unknown}, the envelope of every answer. */
    private static final int RAW = tag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    /** Fields of every list, such as {@code k8s.io.api.core.v1.PodList}. */
    private static final int METADATA = tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    private static final int ITEMS = tag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    private static final Fields LIST_META = Fields.of(Field.string(3, "continue"));
    private static final Fields STATUS = Fields.of(Field.string(3, "message"));
    private static final Fields QUANTITY = Fields.of(Field.string(1, "string"));

    /** Fractions of a second are dropped, as in JSON. */
    private static final Fields TIME = Fields.of(Field.of(Field.Type.INTEGER, 1, "seconds"));

    private static final int KEY = tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    @Override
    public Decoder decoder(Fields fields, Sink sink) {
        return new Stream(fields, sink);
    }

    @Override
    public String message(byte[] status) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(status);
        readMagic(in);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == RAW) {
                return text(message(in, STATUS), "message");
            }
            in.skipField(tag);
        }
        return "";
    }

    private static void readMagic(CodedInputStream in) throws IOException {
        if (!Arrays.equals(in.readRawBytes(MAGIC.length), MAGIC)) {
            throw new IOException("an answer that is not protobuf of Kubernetes");
        }
    }

    /**
     * Decodes a page while it arrives: the envelope, then the fields of the list, each preceded by its length. Holds no more than
     * one object and the piece in which it ends.
     */
    private static final class Stream implements Decoder {
        /** An upper bound for the magic bytes, a tag and a length. */
        private static final int HEAD = 14;

        private final Fields fields;
        private final Sink sink;
        private byte[] bytes = new byte[1 << 16];
        private int begin;
        private int end;
        private boolean magic;
        private boolean inList;
        private int left;

        private Stream(Fields fields, Sink sink) {
            this.fields = fields;
            this.sink = sink;
        }

        @Override
        public void feed(ByteBuffer piece) throws IOException {
            int length = piece.remaining();
            if (end + length > bytes.length) {
                byte[] to = end - begin + length > bytes.length ? new byte[2 * (end - begin + length)] : bytes;
                System.arraycopy(bytes, begin, to, 0, end - begin);
                bytes = to;
                end -= begin;
                begin = 0;
            }
            piece.get(bytes, end, length);
            end += length;
            while (end - begin >= HEAD && takes()) {}
        }

        @Override
        public void end() throws IOException {
            while (end > begin) {
                if (!takes()) {
                    throw new IOException("an answer that is cut off");
                }
            }
            if (!inList) {
                throw new IOException("an answer that is not a list");
            }
            if (left != 0) {
                throw new IOException("an answer that is cut off");
            }
        }

        /** Decodes the next field; false when it has not arrived in full. */
        private boolean takes() throws IOException {
            CodedInputStream in = CodedInputStream.newInstance(bytes, begin, end - begin);
            if (!magic) {
                readMagic(in);
                magic = true;
                begin += in.getTotalBytesRead();
                return true;
            }
            int tag = in.readTag();
            if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                throw new IOException("an answer that is not a list");
            }
            int length = in.readUInt32();
            if (!inList && tag == RAW) {
                inList = true;
                left = length;
                begin += in.getTotalBytesRead();
                return true;
            }
            int content = begin + in.getTotalBytesRead();
            if (length < 0 || length > end - content) {
                return false;
            }
            if (left > 0) {
                take(tag, CodedInputStream.newInstance(bytes, content, length));
                left -= in.getTotalBytesRead() + length;
            }
            begin = content + length;
            return true;
        }

        private void take(int tag, CodedInputStream content) throws IOException {
            if (tag == METADATA) {
                String token = text(content(content, LIST_META), "continue");
                if (!token.isEmpty()) {
                    sink.next(token);
                }
            } else if (tag == ITEMS) {
                sink.item(content(content, fields));
            }
        }
    }

    /** Reads a message that is preceded by its length. */
    private static ObjectNode message(CodedInputStream in, Fields fields) throws IOException {
        int outer = in.pushLimit(in.readUInt32());
        ObjectNode object = content(in, fields);
        in.popLimit(outer);
        return object;
    }

    private static ObjectNode content(CodedInputStream in, Fields fields) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            Field field = fields.numbered(WireFormat.getTagFieldNumber(tag));
            if (field == null) {
                in.skipField(tag);
                continue;
            }
            int wireType = field.cardinality() == Field.Cardinality.MAP
                    ? WireFormat.WIRETYPE_LENGTH_DELIMITED
                    : wireType(field.type());
            if (WireFormat.getTagWireType(tag) != wireType) {
                throw new IOException("field " + field.name() + " is not of type " + field.type());
            }
            switch (field.cardinality()) {
                case ONE -> object.set(field.name(), value(in, field));
                case REPEATED -> object.withArrayProperty(field.name()).add(value(in, field));
                case MAP -> entry(in, field, object.withObjectProperty(field.name()));
            }
        }
        return object;
    }

    /** A map is encoded as messages of a key and a value. */
    private static void entry(CodedInputStream in, Field field, ObjectNode map) throws IOException {
        int outer = in.pushLimit(in.readUInt32());
        String key = "";
        JsonNode value = JsonNodeFactory.instance.nullNode();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == KEY) {
                key = in.readString();
            } else if (tag == tag(2, wireType(field.type()))) {
                value = value(in, field);
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(outer);
        map.set(key, value);
    }

    private static JsonNode value(CodedInputStream in, Field field) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (field.type()) {
            case STRING -> nodes.textNode(in.readString());
            case BOOL -> nodes.booleanNode(in.readBool());
            case INTEGER -> nodes.numberNode(in.readInt64());
            case QUANTITY -> nodes.textNode(text(message(in, QUANTITY), "string"));
            case TIME -> time(message(in, TIME));
            case MESSAGE -> message(in, field.fields());
        };
    }

    /** A time that is not set is an empty message. */
    private static JsonNode time(ObjectNode time) throws IOException {
        if (time.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return JsonNodeFactory.instance.textNode(
                    Instant.ofEpochSecond(time.path("seconds").asLong()).toString());
        } catch (DateTimeException e) {
            throw new IOException("a time that is out of range", e);
        }
    }

    private static String text(JsonNode message, String field) {
        return message.path(field).asText("");
    }

    private static int wireType(Field.Type type) {
        return switch (type) {
            case BOOL, INTEGER -> WireFormat.WIRETYPE_VARINT;
            case STRING, QUANTITY, TIME, MESSAGE -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
        };
    }

    private static int tag(int number, int wireType) {
        return number << 3 | wireType;
    }
}
