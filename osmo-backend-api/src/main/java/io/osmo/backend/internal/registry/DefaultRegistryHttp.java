// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.registry;

import io.osmo.backend.internal.service.BoundedBody;
import io.osmo.backend.spi.RegistryHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks registries over the network. The client is made when it is first needed. */
public final class DefaultRegistryHttp implements RegistryHttp {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int LONGEST_ANSWER = 1 << 20;

    private final Object lock = new Object();
    private Optional<HttpClient> client = Optional.empty();

    private HttpClient client() {
        synchronized (lock) {
            if (client.isEmpty()) {
                client = Optional.of(HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(DEADLINE)
                        .build());
            }
            return client.get();
        }
    }

    @Override
    public Answer get(URI url, Optional<String> authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).GET();
        authorization.ifPresent(value -> request.header("Authorization", value));
        CompletableFuture<HttpResponse<String>> sent =
                client().sendAsync(request.build(), info -> new BoundedBody(LONGEST_ANSWER));
        try {
            HttpResponse<String> answer = sent.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), answer.headers().allValues("WWW-Authenticate"), answer.body());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new UncheckedIOException(new IOException("no answer within " + DEADLINE.toSeconds() + " s", e));
        } catch (ExecutionException e) {
            throw new UncheckedIOException(
                    e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause()));
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
