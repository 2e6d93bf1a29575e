// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.osmo.backend.error.OsmoServiceError;
import io.osmo.backend.error.OsmoServiceException;
import io.osmo.backend.internal.spec.OsmoTokens;
import io.osmo.backend.spec.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the token for one that is valid for some minutes, as the service's own clients do, and does so again shortly before it ends.
 * Safe for concurrent use.
 */
public final class ServiceSession {
    private static final String LOGIN = "/api/auth/jwt/access_token";
    private static final int UNAUTHORIZED = 401;

    /** Clocks differ, and a call takes its time. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** The last second of the year 9999; not every later time can be formatted. */
    private static final long END_OF_TIME = 253_402_300_799L;

    private final ServiceTransport transport;
    private final Optional<Secret> token;
    private final InstantSource clock;
    private @Nullable Login login;

    public ServiceSession(ServiceTransport transport, Optional<Secret> token, InstantSource clock) {
        this.transport = transport;
        this.token = token;
        this.clock = clock;
    }

    /** What proves who calls, and until when; never shown. */
    private record Login(String jwt, Instant until) {
        @Override
        public String toString() {
            return "Login[redacted, until=" + until + "]";
        }
    }

    /** Calls what needs no login. */
    public JsonNode open(String path) {
        return ServiceJson.tree(
                ServiceErrors.required(transport.send("GET", path, Optional.empty(), Optional.empty())));
    }

    public JsonNode get(String path) {
        return ServiceJson.tree(call("GET", path, Optional.empty()));
    }

    /** The answer as it is. */
    public String text(String path) {
        return call("GET", path, Optional.empty()).body();
    }

    public JsonNode send(String method, String path, JsonNode body) {
        return ServiceJson.tree(call(method, path, Optional.of(body.toString())));
    }

    /**
     * Logs in again.
     *
     * @return when the session expires, as stated by the service
     */
    public synchronized Instant logIn() {
        login = null;
        return current().until();
    }

    /**
     * Logs in with another token, and forgets that.
     *
     * @return until when the session is valid, by the service
     */
    public Instant logIn(Secret other) {
        return granted(other).until();
    }

    private ServiceAnswer call(String method, String path, Optional<String> body) {
        Login used = current();
        ServiceAnswer answer = transport.send(method, path, body, Optional.of(used.jwt()));
        if (answer.status() == UNAUTHORIZED) {
            // The service's clock may be ahead of this machine's, or its keys may have been replaced.
            forget(used);
            used = current();
            answer = transport.send(method, path, body, Optional.of(used.jwt()));
        }
        return ServiceErrors.required(answer.succeeded() ? answer : answer.without(used.jwt()));
    }

    private synchronized void forget(Login used) {
        if (used.equals(login)) {
            login = null;
        }
    }

    private synchronized Login current() {
        Login known = login;
        if (known != null && clock.instant().plus(MARGIN).isBefore(known.until())) {
            return known;
        }
        Login made = granted(token.orElseThrow(() -> new OsmoServiceException(
                OsmoServiceError.LOGIN_REFUSED,
                "POST " + LOGIN,
                0,
                "the client has no token",
                "Give it one: OsmoServiceClient.builder().token(…).",
                null)));
        login = made;
        return made;
    }

    private Login granted(Secret secret) {
        String value = OsmoTokens.normalized(secret.reveal());
        JsonNode body = JsonNodeFactory.instance.objectNode().put("token", value);
        ServiceAnswer answer = transport.send("POST", LOGIN, Optional.of(body.toString()), Optional.empty());
        if (!answer.succeeded()) {
            throw ServiceErrors.ofLogin(answer.without(value));
        }
        JsonNode granted = ServiceJson.tree(answer);
        String jwt = granted.path("token").asText("");
        if (jwt.isEmpty() || jwt.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw ServiceErrors.unexpected(answer, "an answer without a token");
        }
        long until = granted.path("expires_at").asLong();
        return new Login(jwt, Instant.ofEpochSecond(Math.max(0, Math.min(until, END_OF_TIME))));
    }
}
