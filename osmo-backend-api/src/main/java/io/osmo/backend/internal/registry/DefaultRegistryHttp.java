// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.registry;

import io.osmo.backend.spi.RegistryHttp;
import io.osmo.backend.spi.http.LimitedCall;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

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
        HttpResponse<byte[]> answer = LimitedCall.send(client(), request.build(), LONGEST_ANSWER, DEADLINE)
                .orElseThrow(failed -> new UncheckedIOException(failed.cause()));
        return new Answer(
                answer.statusCode(),
                answer.headers().allValues("WWW-Authenticate"),
                new String(answer.body(), StandardCharsets.UTF_8));
    }
}
