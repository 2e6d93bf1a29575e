// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.values;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.spec.OsmoReleases;
import io.osmo.backend.internal.spec.OsmoTokens;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two Secrets that hold a backend's token: one in the backend's cluster, which an apply creates, and, from OSMO 6.4 on, one in the
 * cluster of the service. Both must hold the same bytes. Immutable; only {@link SecretManifest#reveal()} returns a token.
 */
public final class TokenSecrets {
    private static final String KEY = "token";
    private static final String PREVIOUS_KEY = "previous-token";
    private static final String PATH = "osmo.token";

    private final BackendSpec spec;
    private final OsmoService osmo;
    private final String serviceNamespace;
    private final String token;
    private final Optional<String> previous;

    private TokenSecrets(
            BackendSpec spec, OsmoService osmo, String serviceNamespace, String token, Optional<String> previous) {
        this.spec = spec;
        this.osmo = osmo;
        this.serviceNamespace = serviceNamespace;
        this.token = token;
        this.previous = previous;
    }

    /**
     * Generates a token: 32 bytes of a secure random source, encoded as 43 characters. Store it with your other secrets and pass it to each
     * apply. An apply never generates a token, because the service would not know it.
     */
    public static String newToken() {
        return OsmoTokens.generate();
    }

    /**
     * The Secrets of a spec. Fetches the token.
     *
     * @param serviceNamespace namespace of the OSMO service, in its own cluster
     * @throws InvalidSpecException if the spec has no token, or one that OSMO does not accept
     */
    public static TokenSecrets of(BackendSpec spec, String serviceNamespace) {
        OsmoService osmo = spec.osmo().orElseThrow(() -> refused("nothing", "a token", "Add osmo.token to the spec."));
        Secret token = osmo.token().orElseThrow(() -> refused("nothing", "a token", "Add osmo.token to the spec."));
        return new TokenSecrets(spec, osmo, serviceNamespace, accepted(token), Optional.empty());
    }

    /**
     * The Secrets for the time in which the token is being replaced, when the service accepts both tokens.
     *
     * @param previous the token that the operator still uses
     * @throws InvalidSpecException if OSMO does not accept this token, or if both are the same: the service would ignore both
     */
    public TokenSecrets replacing(Secret previous) {
        String old = accepted(previous);
        if (old.equals(token)) {
            throw refused(
                    "the previous token (not shown)",
                    "another token than the previous one",
                    "Generate a new token; the service ignores a Secret that holds the same one twice.");
        }
        return new TokenSecrets(spec, osmo, serviceNamespace, token, Optional.of(old));
    }

    /** The Secret in the backend's cluster, in the operator's namespace. An apply creates and updates it. */
    public SecretManifest operator() {
        return new SecretManifest(osmo.operatorNamespace(), osmo.tokenSecretName(), Map.of(KEY, token));
    }

    /**
     * The Secret in the cluster of the service. Empty for OSMO 6.3, which has no such Secret: its service issues tokens by its API, and the
     * spec uses one of those.
     *
     * @throws InvalidSpecException if the spec has no {@code osmo.release}
     */
    public Optional<SecretManifest> service() {
        Map<String, String> data = new HashMap<>(Map.of(KEY, token));
        previous.ifPresent(old -> data.put(PREVIOUS_KEY, old));
        return isOfSecrets()
                ? Optional.of(new SecretManifest(serviceNamespace, osmo.tokenSecretName(), data))
                : Optional.empty();
    }

    private boolean isOfSecrets() {
        String release = osmo.release()
                .orElseThrow(() -> new InvalidSpecException(List.of(new Violation(
                        "osmo.release",
                        Optional.empty(),
                        "nothing",
                        OsmoReleases.supported(),
                        "Name the release that the OSMO service runs; tokens differ between releases."))));
        return OsmoReleases.of(release).filter(OsmoReleases.V6_4::equals).isPresent();
    }

    /** SHA-256 of the token in hexadecimal, to compare Secrets without showing them. */
    public String sha256() {
        return OsmoTokens.sha256(token);
    }

    /** The steps for replacing a token, for a person to follow in this order. Both tokens work until the last but one. */
    public List<String> replacement() {
        String operator =
                "Secret " + osmo.tokenSecretName() + " in " + osmo.operatorNamespace() + " of the backend's cluster";
        if (!isOfSecrets()) {
            return List.of(
                    "Make a second token for the role osmo-backend with the service's API.",
                    "Give it to the spec, plan and apply: this updates the " + operator + ".",
                    "Restart the operator's two Deployments, and wait until the pool is ONLINE.",
                    "Delete the old token with the service's API.");
        }
        String service = "Secret " + osmo.tokenSecretName() + " in " + serviceNamespace + " of the service's cluster";
        return List.of(
                "Apply service() of replacing(old) to the " + service
                        + ": token is the new one, previous-token the old one.",
                "Wait until every replica of the API accepts both.",
                "Give the new token to the spec, plan and apply: this updates the " + operator + ".",
                "Restart the operator's two Deployments, and wait until the pool is ONLINE.",
                "Apply service() without replacing(old) to the " + service + ": previous-token goes.",
                "Make sure that the old token is refused.");
    }

    /**
     * Checks that the backends of one service have different tokens. The service ignores a token that two backends share.
     *
     * @throws InvalidSpecException naming the backends that share a token
     */
    public static void requireDistinct(List<TokenSecrets> backends) {
        Map<String, TokenSecrets> seen = new HashMap<>();
        List<Violation> violations = new ArrayList<>();
        for (TokenSecrets backend : backends) {
            List<String> tokens = new ArrayList<>(List.of(backend.token));
            backend.previous.ifPresent(tokens::add);
            for (String value : tokens) {
                TokenSecrets other = seen.putIfAbsent(value, backend);
                if (other != null) {
                    violations.add(violation(
                            "the token of both " + other.spec.ref() + " and " + backend.spec.ref() + " (not shown)",
                            "a token of its own for each backend",
                            "Generate another one; the service ignores all Secrets that share a token."));
                }
            }
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException("the tokens", violations);
        }
    }

    private static String accepted(Secret secret) {
        String value = OsmoTokens.normalized(secret.reveal());
        if (!OsmoTokens.isToken(value)) {
            throw refused(
                    value.length() + " characters (not shown)",
                    OsmoTokens.RULE,
                    "Use the token that OSMO holds for this backend.");
        }
        return value;
    }

    private static InvalidSpecException refused(String given, String allowed, String remedy) {
        return new InvalidSpecException(List.of(violation(given, allowed, remedy)));
    }

    private static Violation violation(String given, String allowed, String remedy) {
        return new Violation(PATH, Optional.of(Requirement.NW_2.id()), given, allowed, remedy);
    }

    @Override
    public String toString() {
        return "TokenSecrets[" + spec.ref() + "] (redacted)";
    }
}
