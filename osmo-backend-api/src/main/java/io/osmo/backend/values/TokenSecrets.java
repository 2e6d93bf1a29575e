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
 * The two Secrets that hold the token of a backend: one in its cluster, which an apply creates, and from OSMO 6.4 on one beside the
 * service. Both must hold the same bytes. Immutable; never shows a token but by {@link SecretManifest#reveal()}.
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
     * A new token: 32 bytes of a secure source as 43 characters. Keep it where you keep secrets and give it to each apply; a token is never
     * generated again, because the service would not know it.
     */
    public static String newToken() {
        return OsmoTokens.generate();
    }

    /**
     * Fetches the token of a spec.
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
     * The same while the token is being replaced: the service accepts the previous one too.
     *
     * @param previous the token that the operator still uses
     * @throws InvalidSpecException if OSMO does not accept it, or if it is the same token: the service would ignore both
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

    /** In the cluster of the backend, in the operator's namespace. An apply creates and updates it. */
    public SecretManifest operator() {
        return new SecretManifest(osmo.operatorNamespace(), osmo.tokenSecretName(), Map.of(KEY, token));
    }

    /**
     * Beside the service. Empty for 6.3, whose service has no such Secret: it makes tokens by its API, and the spec gets one of those.
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

    /** The steps of a replacement in OSMO's order, for people. Both tokens are accepted from the first step to the last but one. */
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
     * Checks the tokens of several backends of one service, which ignores a token that two of them have.
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
        String value = OsmoTokens.normalised(secret.reveal());
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
