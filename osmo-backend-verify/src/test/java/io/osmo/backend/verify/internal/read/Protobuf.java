// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes protobuf as an API server does. */
public final class Protobuf {
    private Protobuf() {}

    /** A page of a list. */
    public static byte[] list(String token, Message... items) {
        Message list = new Message()
                .message(
                        1,
                        new Message()
                                .string(1, "")
                                .string(2, "7")
                                .string(3, token)
                                .integer(4, 1));
        for (Message item : items) {
            list.message(2, item);
        }
        return envelope(list);
    }

    /** Whatever is answered. */
    public static byte[] envelope(Message content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("k8s\0".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new Message()
                .message(1, new Message().string(1, "v1").string(2, "PodList"))
                .message(2, content)
                .string(3, "")
                .string(4, "")
                .bytes());
        return out.toByteArray();
    }

    /** A message field by field. */
    public static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private interface Write {
            void to(CodedOutputStream out) throws IOException;
        }

        public Message string(int number, String value) {
            return write(out -> out.writeString(number, value));
        }

        public Message bool(int number, boolean value) {
            return write(out -> out.writeBool(number, value));
        }

        public Message integer(int number, long value) {
            return write(out -> out.writeInt64(number, value));
        }

        public Message message(int number, Message value) {
            return write(out -> out.writeByteArray(number, value.bytes()));
        }

        public Message entry(int number, String key, String value) {
            return message(number, new Message().string(1, key).string(2, value));
        }

        private byte[] bytes() {
            return bytes.toByteArray();
        }

        private Message write(Write field) {
            try {
                CodedOutputStream out = CodedOutputStream.newInstance(bytes);
                field.to(out);
                out.flush();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
