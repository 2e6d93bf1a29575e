// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How an API server encodes its answers. Objects are decoded to the same JSON either way. */
sealed interface Encoding permits JsonEncoding, ProtobufEncoding {
    /** The encoding of a Content-Type, which may not be what was requested: a proxy may have answered. */
    static Encoding of(@Nullable String contentType) {
        return contentType != null && contentType.startsWith(ProtobufEncoding.TYPE)
                ? new ProtobufEncoding()
                : new JsonEncoding();
    }

    /** Starts to decode a page of a list; of each object, only these fields. */
    Decoder decoder(Fields fields, Sink sink);

    /**
     * The message of a Status, the object that is sent with an error; empty when it has none.
     *
     * @throws IOException when it is not a Status
     */
    String message(byte[] status) throws IOException;

    /** The same, with a text in place of an exception. */
    default String describe(byte[] body) {
        try {
            return message(body);
        } catch (IOException e) {
            return "an answer that is not from Kubernetes";
        }
    }

    /** Decodes a page of a list, piece by piece as it arrives; for one thread at a time. */
    interface Decoder {
        /** @throws IOException when it is not a page of a list, or malformed */
        void feed(ByteBuffer piece) throws IOException;

        /** @throws IOException when it is not a page of a list, malformed, or incomplete */
        void end() throws IOException;
    }

    /** Receives what is in a page. */
    interface Sink {
        /** Called at most once, as soon as it is known, with the token of the next page, if there is one. */
        void next(String token);

        void item(JsonNode object);
    }
}
