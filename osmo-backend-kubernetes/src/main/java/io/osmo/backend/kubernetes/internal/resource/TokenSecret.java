// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The token by which the backend's operator logs in to OSMO. It must be the very token that the
 * service holds, so it is always the host's and never generated here. One trailing line break is dropped, as OSMO does.
 */
public final class TokenSecret {
    static final String ID_KIND = "token-secret";
    static final String KEY = "token";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{64}");
    private static final Pattern LINE_BREAK = Pattern.compile("\\r?\\n\\z");

    private TokenSecret() {}

    public static SecretResource resource(
            ClusterConnections connections,
            Ownership ownership,
            String namespace,
            String name,
            Secret token,
            Set<ResourceId> after) {
        return new SecretResource(
                connections, ownership, id(namespace, name), namespace, name, "Opaque", KEY, () -> value(token), after);
    }

    static ResourceId id(String namespace, String name) {
        return ResourceId.of(ID_KIND, namespace + "/" + name);
    }

    /** What is wrong with the token, which is revealed for it. */
    public static Optional<Violation> check(Secret token) {
        String value = normalized(token);
        return TOKEN.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(new Violation(
                        "osmo.token",
                        Optional.empty(),
                        "a text of " + value.length() + " characters (redacted)",
                        "43 or 64 characters of A-Z, a-z, 0-9, _ and -",
                        "Supply the token that the OSMO service holds for this backend."));
    }

    private static String value(Secret token) {
        check(token).ifPresent(violation -> {
            throw new InvalidSpecException(List.of(violation));
        });
        return normalized(token);
    }

    private static String normalized(Secret token) {
        return LINE_BREAK.matcher(token.reveal()).replaceFirst("");
    }
}
