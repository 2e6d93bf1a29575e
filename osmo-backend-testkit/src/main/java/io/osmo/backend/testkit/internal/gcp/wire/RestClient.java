// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The services that speak HTTP, as a client of them. A call runs to its end on the calling thread, where virtual time is driven; there
 * is no server and no socket.
 */
public final class RestClient extends HttpClient {
    private final RestService service;

    public RestClient(RestService service) {
        this.service = service;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws IOException {
        String verb = RestService.verb(
                request.method(),
                request.headers().firstValue(RestService.OVERRIDE).orElse(""));
        RestService.Reply reply =
                service.answer(verb, request.uri(), body(request).toString(StandardCharsets.UTF_8));
        Response<String> head = new Response<>(request, reply.status(), reply.body());
        return new Response<>(request, reply.status(), read(reply.body(), handler.apply(head)));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        try {
            return CompletableFuture.completedFuture(send(request, handler));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> promises) {
        return sendAsync(request, handler);
    }

    private static ByteArrayOutputStream body(HttpRequest request) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        request.bodyPublisher().ifPresent(publisher -> publisher.subscribe(new Collector(content)));
        return content;
    }

    private static <T> T read(String body, BodySubscriber<T> subscriber) throws IOException {
        subscriber.onSubscribe(Everything.AT_ONCE);
        subscriber.onNext(List.of(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8))));
        subscriber.onComplete();
        try {
            return subscriber.getBody().toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** The publisher needs no turn to speak of: all it has is in memory. */
    private enum Everything implements Subscription {
        AT_ONCE;

        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    }

    /** Collects the body of a request. */
    private record Collector(ByteArrayOutputStream content) implements Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer part) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            content.writeBytes(bytes);
        }

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException("the body of a request cannot be read", failure);
        }

        @Override
        public void onComplete() {}
    }

    private record Response<T>(HttpRequest request, int statusCode, T body)
            implements HttpResponse<T>, HttpResponse.ResponseInfo {
        private static final HttpHeaders HEADERS = HttpHeaders.of(
                Map.of("Content-Type", List.of("application/json; charset=UTF-8")), (name, value) -> true);

        @Override
        public HttpHeaders headers() {
            return HEADERS;
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }
    }

    // ------------------------------------------------------------------------------------------ settings, which
    // nothing uses

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public SSLParameters sslParameters() {
        return new SSLParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.empty();
    }
}
