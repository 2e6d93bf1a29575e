// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.fabric8.kubernetes.client.utils.Utils;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Authenticates with the credential of a kubeconfig, and obtains another token when the API server does not accept the one there is.
 * It takes the place of fabric8's own, which runs plugins every minute without any limit and logs what they and identity providers
 * answer. Safe for concurrent use.
 */
public final class RenewedToken implements Interceptor {
    private static final String AUTHORIZATION = "Authorization";

    private final Optional<String> basic;
    private final Supplier<Optional<String>> renewal;
    private Optional<String> token;

    /**
     * @param config with the credential that there is
     * @param renewal obtains another token; may take time and may throw
     */
    public RenewedToken(Config config, Supplier<Optional<String>> renewal) {
        this.basic = Utils.isNotNullOrEmpty(config.getUsername()) && Utils.isNotNullOrEmpty(config.getPassword())
                ? Optional.of(HttpClientUtils.basicCredentials(config.getUsername(), config.getPassword()))
                : Optional.empty();
        this.token = Optional.ofNullable(config.getAutoOAuthToken());
        this.renewal = renewal;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        authorization().ifPresent(value -> builder.setHeader(AUTHORIZATION, value));
    }

    @Override
    public CompletableFuture<Boolean> afterFailure(BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
        if (response.code() != 401 || basic.isPresent() || authorization().isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        Optional<String> refused = Optional.ofNullable(response.request().header(AUTHORIZATION));
        return CompletableFuture.supplyAsync(() -> {
            renew(refused);
            Optional<String> other =
                    authorization().filter(value -> !Optional.of(value).equals(refused));
            other.ifPresent(value -> builder.setHeader(AUTHORIZATION, value));
            return other.isPresent();
        });
    }

    /** Once, however many requests were refused with the same token. */
    private synchronized void renew(Optional<String> refused) {
        if (authorization().equals(refused)) {
            token = renewal.get().or(() -> token);
        }
    }

    private synchronized Optional<String> authorization() {
        return basic.or(() -> token.map(value -> "Bearer " + value));
    }
}
