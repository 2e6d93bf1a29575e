// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How an API server writes its answers. Objects come out alike, in the form of JSON. */
sealed interface Encoding permits JsonEncoding, ProtobufEncoding {
    /** What an answer of this Content-Type is in; what was asked for is a wish, and errors may come from something in between. */
    static Encoding of(@Nullable String contentType) {
        return contentType != null && contentType.startsWith(ProtobufEncoding.TYPE)
                ? new ProtobufEncoding()
                : new JsonEncoding();
    }

    /** Begins to take a page of a list apart, each of whose objects is read as far as the fields say. */
    Decoder decoder(Fields fields, Sink sink);

    /**
     * What a Status says, the object that goes with an error; empty when it says nothing.
     *
     * @throws IOException when it is none
     */
    String message(byte[] status) throws IOException;

    /** The same, for people to read. */
    default String said(byte[] body) {
        try {
            return message(body);
        } catch (IOException e) {
            return "an answer that is not of Kubernetes";
        }
    }

    /** Takes a page of a list apart, piece by piece as it arrives; for one thread at a time. */
    interface Decoder {
        /** @throws IOException when it is no page of a list, or malformed */
        void feed(ByteBuffer piece) throws IOException;

        /** @throws IOException when it is no page of a list, malformed, or not all of it has arrived */
        void end() throws IOException;
    }

    /** Takes what is in a page. */
    interface Sink {
        /** Called at most once, as soon as it is known: the token of the page after this one, if there is one. */
        void next(String token);

        void item(JsonNode object);
    }
}
