// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.ByteArrayBodyHandler;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A page of a list on its way.
 *
 * @param next the token of the page after it, as soon as the head of this one has it; does not complete where it stands further
 *     down, where there is none, or where something goes wrong
 * @param whole the page once it is there
 */
record Page(CompletableFuture<String> next, CompletableFuture<Answer> whole) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What the API server has answered. */
    record Answer(int code, byte[] body) {
        boolean isSuccessful() {
            return HttpResponse.isSuccessful(code);
        }
    }

    static Page ask(HttpClient client, HttpRequest request) {
        Body body = new Body();
        return new Page(body.next, client.consumeBytes(request, body).thenCompose(body::begin));
    }

    static Page failed(Throwable failure) {
        return new Page(new CompletableFuture<>(), CompletableFuture.failedFuture(failure));
    }

    /** The token of the page after this one, empty after the last. Most kinds have it before the items, so that little is read. */
    static String next(byte[] body) {
        try {
            return read(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(byte[] body) throws IOException {
        try (JsonParser in = MAPPER.createParser(body)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                in.nextToken();
                if (field.equals("metadata")) {
                    return MAPPER.<JsonNode>readTree(in).path("continue").asText("");
                }
                in.skipChildren();
            }
            return "";
        }
    }

    /** Keeps a body, and looks for the token in the first piece of it. */
    private static final class Body extends ByteArrayBodyHandler {
        private final CompletableFuture<String> next = new CompletableFuture<>();
        private boolean successful;
        private boolean begun;

        private CompletableFuture<Answer> begin(HttpResponse<AsyncBody> response) {
            successful = response.isSuccessful();
            onResponse(response);
            return getResult().thenApply(bytes -> new Answer(response.code(), bytes));
        }

        @Override
        public void consume(List<ByteBuffer> piece, AsyncBody body) throws Exception {
            if (successful && !begun) {
                begun = true;
                look(piece);
            }
            super.consume(piece, body);
        }

        private void look(List<ByteBuffer> piece) {
            byte[] head =
                    new byte[piece.stream().mapToInt(ByteBuffer::remaining).sum()];
            int at = 0;
            for (ByteBuffer buffer : piece) {
                int length = buffer.remaining();
                buffer.duplicate().get(head, at, length);
                at += length;
            }
            try {
                String token = read(head);
                if (!token.isEmpty()) {
                    next.complete(token);
                }
            } catch (IOException e) {
                // The head ends before the token does; the whole page will tell.
            }
        }
    }
}
