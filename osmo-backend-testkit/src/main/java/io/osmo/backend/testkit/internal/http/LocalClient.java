// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.http;

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
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A client of what answers HTTP in this process. A call runs to its end on the calling thread, where virtual time is driven; there is
 * no server and no socket. A body is sent to its reader when that asks for it, and in one piece.
 */
public final class LocalClient extends HttpClient {
    private final Answering answering;

    public LocalClient(Answering answering) {
        this.answering = answering;
    }

    /** What answers. */
    @FunctionalInterface
    public interface Answering {
        /** @throws IOException if the connection is lost before the answer is complete */
        Answer answer(HttpRequest request, byte[] body) throws IOException;
    }

    /**
     * An answer.
     *
     * @param headers one value for each name
     */
    public record Answer(int status, Map<String, String> headers, byte[] body) {}

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws IOException {
        Answer answer = answering.answer(request, body(request));
        Map<String, List<String>> named = new HashMap<>();
        answer.headers().forEach((name, value) -> named.put(name, List.of(value)));
        HttpHeaders headers = HttpHeaders.of(named, (name, value) -> true);
        Response<String> head = new Response<>(request, answer.status(), headers, "");
        return new Response<>(request, answer.status(), headers, read(answer.body(), handler.apply(head)));
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

    private static byte[] body(HttpRequest request) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        request.bodyPublisher().ifPresent(publisher -> publisher.subscribe(new Collector(content)));
        return content.toByteArray();
    }

    private static <T> T read(byte[] body, BodySubscriber<T> subscriber) throws IOException {
        subscriber.onSubscribe(new Everything(body, subscriber));
        try {
            return subscriber.getBody().toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** A body, all of which is in memory. */
    private static final class Everything implements Subscription {
        private final byte[] body;
        private final BodySubscriber<?> subscriber;
        private final AtomicBoolean ended = new AtomicBoolean();

        Everything(byte[] body, BodySubscriber<?> subscriber) {
            this.body = body;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            if (ended.compareAndSet(false, true)) {
                subscriber.onNext(List.of(ByteBuffer.wrap(body)));
                subscriber.onComplete();
            }
        }

        @Override
        public void cancel() {
            ended.set(true);
        }
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

    private record Response<T>(HttpRequest request, int statusCode, HttpHeaders headers, T body)
            implements HttpResponse<T>, HttpResponse.ResponseInfo {
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
