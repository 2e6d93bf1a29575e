// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.client;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.osmo.backend.spi.provider.SharedCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * Lets concurrent calls that need a token share one request. Otherwise each would try the whole chain of credentials in turn: without
 * any credentials, a plan took a minute and a half to fail. Tokens are cached, because the chain starts a process for each token from a
 * command-line tool.
 */
public final class SharedCredentials implements TokenCredential {
    /** As long before its end the SDK asks for another token. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final TokenCredential chain;
    private final Map<Scope, AccessToken> tokens = new ConcurrentHashMap<>();
    private final Map<Scope, SharedCall<AccessToken>> calls = new ConcurrentHashMap<>();

    private record Scope(List<String> scopes, Optional<String> tenant, boolean continuous) {}

    public SharedCredentials(TokenCredential chain) {
        this.chain = chain;
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        if (request.getClaims() != null) {
            return chain.getTokenSync(request);
        }
        Scope scope = new Scope(
                List.copyOf(request.getScopes()), Optional.ofNullable(request.getTenantId()), request.isCaeEnabled());
        AccessToken kept = tokens.get(scope);
        return kept != null && kept.getDurationUntilExpiration().compareTo(MARGIN) > 0
                ? kept
                : calls.computeIfAbsent(scope, s -> new SharedCall<>(() -> fetch(s, request)))
                        .get();
    }

    private AccessToken fetch(Scope scope, TokenRequestContext request) {
        try {
            AccessToken token = chain.getTokenSync(request);
            tokens.put(scope, token);
            return token;
        } catch (RuntimeException e) {
            AccessToken kept = tokens.get(scope);
            if (kept != null && !kept.isExpired()) {
                return kept;
            }
            throw e;
        }
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return chain.getToken(request);
    }
}
