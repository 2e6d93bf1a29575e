// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How to reach a cluster's API: with a token, or with a context of a kubeconfig and its credentials.
 *
 * @param name name of the cluster
 * @param endpoint such as {@code https://ABC.gr7.us-west-2.eks.amazonaws.com}
 * @param caCertificate certificate authority of the cluster in PEM; empty if the endpoint is plain HTTP, as for emulated clusters
 * @param tokens supplies a valid token; called before each request, possibly from several threads, so it should cache the token
 * @param kubeconfig a kubeconfig to use instead of endpoint, certificate authority and token; empty if these suffice
 * @param plugin the cloud's own program that fetches tokens for tools such as {@code kubectl}; empty if there is none
 */
public record ClusterAccess(
        String name,
        URI endpoint,
        Optional<String> caCertificate,
        Supplier<Token> tokens,
        Optional<KubeconfigContext> kubeconfig,
        Optional<ExecPlugin> plugin) {
    public ClusterAccess {
        caCertificate = caCertificate.filter(pem -> !pem.isBlank());
    }

    /** Access with a token. */
    public ClusterAccess(String name, URI endpoint, Optional<String> caCertificate, Supplier<Token> tokens) {
        this(name, endpoint, caCertificate, tokens, Optional.empty(), Optional.empty());
    }

    /** Access with a context of a kubeconfig. */
    public static ClusterAccess of(String name, URI endpoint, KubeconfigContext kubeconfig) {
        return new ClusterAccess(
                name,
                endpoint,
                Optional.empty(),
                () -> {
                    throw new IllegalStateException("credentials of " + name + " are in its kubeconfig");
                },
                Optional.of(kubeconfig),
                Optional.empty());
    }

    /** This access with a program that fetches tokens. */
    public ClusterAccess with(ExecPlugin program) {
        return new ClusterAccess(name, endpoint, caCertificate, tokens, kubeconfig, Optional.of(program));
    }

    /**
     * A credential plugin of client-go: a program that prints a token. It uses the credentials of the person who runs it.
     *
     * @param command name of the program, which is looked up in the {@code PATH}
     * @param environment additional environment variables
     * @param needsCluster whether it gets the cluster in {@code KUBERNETES_EXEC_INFO}
     * @param installHint what to do if the program is missing
     * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins">Credential
     *     plugins</a>
     */
    public record ExecPlugin(
            String command,
            List<String> arguments,
            Map<String, String> environment,
            boolean needsCluster,
            String installHint) {
        public ExecPlugin {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
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
     * @param value the token itself: printable ASCII without spaces. Others are refused here, since HTTP clients would quote them in errors
     * @param expiry when the token expires
     */
    public record Token(String value, Instant expiry) {
        public Token {
            if (value.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
                throw new IllegalArgumentException(
                        "a token has a space, a line break or another character that no token has; it is not shown");
            }
        }

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
