// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How to reach a cluster's API: by a token, or by a context of a kubeconfig with whatever credentials that has.
 *
 * @param name name of the cluster
 * @param endpoint such as {@code https://ABC.gr7.us-west-2.eks.amazonaws.com}
 * @param caCertificate the cluster's certificate authority in PEM; empty when the endpoint is plain http (emulated clusters)
 * @param tokens gives a valid token; called before each request, so it caches and refreshes by itself
 * @param kubeconfig the kubeconfig that is used instead of endpoint, authority and token; empty where these say everything
 */
public record ClusterAccess(
        String name,
        URI endpoint,
        String caCertificate,
        Supplier<Token> tokens,
        Optional<KubeconfigContext> kubeconfig) {
    /** Access by a token. */
    public ClusterAccess(String name, URI endpoint, String caCertificate, Supplier<Token> tokens) {
        this(name, endpoint, caCertificate, tokens, Optional.empty());
    }

    /** Access by a context of a kubeconfig. */
    public static ClusterAccess of(String name, URI endpoint, KubeconfigContext kubeconfig) {
        return new ClusterAccess(
                name,
                endpoint,
                "",
                () -> {
                    throw new IllegalStateException("credentials of " + name + " are in its kubeconfig");
                },
                Optional.of(kubeconfig));
    }

    /**
     * A context of a kubeconfig.
     *
     * @param file path of the kubeconfig
     * @param context name of the context
     */
    public record KubeconfigContext(Path file, String context) {}

    /**
     * A bearer token.
     *
     * @param value the token itself
     * @param expiry when it stops being valid
     */
    public record Token(String value, Instant expiry) {
        @Override
        public String toString() {
            return "Token[redacted, expiry=" + expiry + "]";
        }
    }

    @Override
    public String toString() {
        return "ClusterAccess[" + name + ", " + endpoint + "]";
    }
}
