// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Access tokens, and the sessions that they open. Tokens of Secrets come first; they count only if no other Secret holds the same one.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/service/core/auth/auth_service.py">logins of the service</a>
 */
public final class Tokens {
    private static final Duration SESSION = Duration.ofSeconds(300);
    private static final Set<Integer> LENGTHS = Set.of(43, 64);

    private final InstantSource clock;
    private final Map<String, Credential> credentials = new LinkedHashMap<>();
    private final Map<String, DatabaseToken> database = new HashMap<>();
    private final Map<String, Session> sessions = new HashMap<>();

    Tokens(InstantSource clock) {
        this.clock = clock;
    }

    /** The Secret of one backend. */
    private record Credential(String token, Optional<String> previous) {
        Stream<String> tokens() {
            return Stream.concat(Stream.of(token), previous.stream());
        }
    }

    private record DatabaseToken(LocalDate expires, List<String> roles) {}

    /** What a login opens. */
    record Session(String jwt, Instant until, List<String> roles) {}

    public void credential(String name, String token, Optional<String> previous) {
        credentials.put(name, new Credential(token, previous));
    }

    public void removeCredential(String name) {
        credentials.remove(name);
    }

    public void add(String token, LocalDate expires, Collection<String> roles) {
        database.put(token, new DatabaseToken(expires, List.copyOf(roles)));
    }

    public void remove(String token) {
        database.remove(token);
    }

    /** Lets all sessions end, as new keys of the service do. */
    public void forgetSessions() {
        sessions.clear();
    }

    Session logIn(String token) {
        if (!LENGTHS.contains(token.length())) {
            throw refused("Access token has invalid length " + token.length());
        }
        if (isOfOneCredential(token)) {
            return open(List.of("osmo-backend"));
        }
        DatabaseToken known = database.get(token);
        if (known == null) {
            throw refused("Access Token is invalid");
        }
        if (!known.expires().isAfter(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))) {
            throw refused("Access Token has expired");
        }
        return open(known.roles());
    }

    /** A credential that holds one token twice, or one that another holds too, is ignored. */
    private boolean isOfOneCredential(String token) {
        List<Credential> holders = credentials.values().stream()
                .filter(credential -> credential.tokens().anyMatch(token::equals))
                .toList();
        return holders.size() == 1
                && holders.get(0)
                        .previous()
                        .filter(holders.get(0).token()::equals)
                        .isEmpty();
    }

    private Session open(List<String> roles) {
        Session session =
                new Session("session-" + (sessions.size() + 1), clock.instant().plus(SESSION), roles);
        sessions.put(session.jwt(), session);
        return session;
    }

    Optional<Session> session(String jwt) {
        return Optional.ofNullable(sessions.get(jwt))
                .filter(session -> clock.instant().isBefore(session.until()));
    }

    private static ServiceRefusal refused(String message) {
        return ServiceRefusal.of(400, "USER", message);
    }
}
