// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A page of a list that has been requested.
 *
 * @param next the token of the next page, as soon as it is known; never completes when there is none, or when something
 *     fails
 * @param whole the page, once it is complete
 */
record Page<T>(CompletableFuture<String> next, CompletableFuture<Answer<T>> whole) {
    /**
     * The answer of the API server.
     *
     * @param items what is on the page; none when the server refused it
     * @param message why the server refused it; empty when it does not say
     */
    record Answer<T>(int code, List<T> items, String message) {
        boolean isSuccessful() {
            return HttpResponse.isSuccessful(code);
        }
    }

    static <T> Page<T> ask(HttpClient client, HttpRequest request, Fields fields, Function<JsonNode, T> parse) {
        Body<T> body = new Body<>(parse);
        return new Page<>(
                body.next, client.consumeBytes(request, body).thenCompose(response -> body.begin(response, fields)));
    }

    static <T> Page<T> failed(Throwable failure) {
        return new Page<>(new CompletableFuture<>(), CompletableFuture.failedFuture(failure));
    }

    /** Decodes a page while it arrives; keeps the body of an error. */
    private static final class Body<T> implements AsyncBody.Consumer<List<ByteBuffer>>, Encoding.Sink {
        private final CompletableFuture<String> next = new CompletableFuture<>();
        private final List<T> items = new ArrayList<>();
        private final ByteArrayOutputStream error = new ByteArrayOutputStream();
        private final Function<JsonNode, T> parse;
        private Optional<Encoding.Decoder> decoder = Optional.empty();
        private Optional<Exception> failure = Optional.empty();

        private Body(Function<JsonNode, T> parse) {
            this.parse = parse;
        }

        private CompletableFuture<Answer<T>> begin(HttpResponse<AsyncBody> response, Fields fields) {
            Encoding encoding = Encoding.of(response.header("Content-Type"));
            if (response.isSuccessful()) {
                decoder = Optional.of(encoding.decoder(fields, this));
            }
            response.body().consume();
            return response.body()
                    .done()
                    .thenApply(done -> decoder.map(d -> page(response, d))
                            .orElseGet(() ->
                                    new Answer<>(response.code(), List.of(), encoding.describe(error.toByteArray()))));
        }

        @Override
        public void consume(List<ByteBuffer> pieces, AsyncBody body) {
            pieces.forEach(this::take);
            body.consume();
        }

        private void take(ByteBuffer piece) {
            if (decoder.isEmpty()) {
                byte[] bytes = new byte[piece.remaining()];
                piece.get(bytes);
                error.writeBytes(bytes);
            } else if (failure.isEmpty()) {
                try {
                    decoder.get().feed(piece);
                } catch (IOException | RuntimeException e) {
                    failure = Optional.of(e);
                }
            }
        }

        private Answer<T> page(HttpResponse<AsyncBody> response, Encoding.Decoder whole) {
            failure.ifPresent(e -> {
                throw new CompletionException(e);
            });
            try {
                whole.end();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
            return new Answer<>(response.code(), items, "");
        }

        @Override
        public void next(String token) {
            next.complete(token);
        }

        @Override
        public void item(JsonNode object) {
            items.add(parse.apply(object));
        }
    }
}
