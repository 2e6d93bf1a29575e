// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.access;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import io.osmo.backend.cluster.ClusterAccess.Token;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.internal.GcpErrors;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The OAuth token of the session's credentials, by which GKE identifies the caller. The credentials cache it and renew it some
 * minutes before it expires. Safe for concurrent use.
 */
final class GkeTokens implements Supplier<Token> {
    /** A token is valid for longer than this, since the credentials renew it earlier. */
    private static final Duration LEAST_VALIDITY = Duration.ofMinutes(3);

    private final GcpClients clients;
    private final Supplier<Instant> now;

    GkeTokens(GcpClients clients, Supplier<Instant> now) {
        this.clients = clients;
        this.now = now;
    }

    @Override
    public Token get() {
        Credentials credentials = clients.credentials();
        if (!(credentials instanceof GoogleCredentials google)) {
            // Emulated clouds ignore the token, but a client needs one.
            return new Token("none", Instant.MAX);
        }
        try {
            google.refreshIfExpired();
        } catch (IOException e) {
            throw GcpErrors.noCredentials("oauth2 token", e);
        }
        return new Token(google.getAccessToken().getTokenValue(), now.get().plus(LEAST_VALIDITY));
    }
}
