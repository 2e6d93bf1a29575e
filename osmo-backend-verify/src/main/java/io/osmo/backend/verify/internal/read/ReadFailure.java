// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.spi.provider.PlainText;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Explains why something could not be read, and what to do about it. A failure that affects every request to a server, such as
 * a refused connection, is always explained in the same words, so that a report can show it once.
 */
final class ReadFailure {
    private static final String NETWORK =
            "Check that the cluster is running, its address, and the network path to it: VPN,"
                    + " proxy, private endpoint, authorized address ranges.";
    private static final String LOG_IN = "Log in to the cluster again, or create its kubeconfig again.";

    /** The longest message of a server that is kept, in characters. */
    private static final int LONGEST = 2_000;

    private final URI server;

    ReadFailure(KubernetesClient client) {
        server = URI.create(client.getConfiguration().getMasterUrl());
    }

    <T> Fact<T> of(HttpResponse<byte[]> response, Kind kind) {
        return of(response.code(), message(response), kind);
    }

    <T> Fact<T> of(HttpResponse<byte[]> response, String path) {
        return of(response.code(), message(response), path);
    }

    /** @param message what the server says; empty when it says nothing */
    <T> Fact<T> of(int code, String message, Kind kind) {
        if (code == 403) {
            String binding = kind.namespace().isEmpty() ? "ClusterRole" : "Role in namespace " + kind.namespace();
            return Fact.unknown(
                    "403 on " + kind.path() + ": " + spoken(message),
                    "Grant the rule " + kind.rule() + " by a " + binding
                            + "; BackendVerifier.requiredRbac() prints all rights that reading needs.");
        }
        return of(code, message, kind.path());
    }

    private static <T> Fact<T> of(int code, String message, String path) {
        return switch (code) {
            case 401 ->
                Fact.unknown("401: the API server does not accept the credential, which may have expired", LOG_IN);
            case 301, 302, 303, 307, 308 ->
                Fact.unknown(
                        code
                                + ": the address answers with a redirect, which is not followed: the credential is for that"
                                + " address alone",
                        "Give the address of the API server itself; a proxy or a login page may be between.");
            case 404 -> Fact.unknown("404 on " + path + ": this API server does not serve it");
            default -> Fact.unknown(code + " on " + path + ": " + spoken(message));
        };
    }

    /** A success that is not what an API server would say, such as the login page of a proxy. */
    static <T> Fact<T> foreign(String path) {
        return Fact.unknown("200 on " + path + ": an answer that is not from Kubernetes", NETWORK);
    }

    <T> Fact<T> of(Throwable error, Kind kind) {
        return of(error, kind.path());
    }

    <T> Fact<T> of(Throwable error, String path) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof UncheckedIOException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof OsmoBackendException ours) {
            return Fact.unknown("no credential for the Kubernetes API: " + ours.getMessage(), ours.remedy());
        }
        if (has(cause, UnresolvedAddressException.class)) {
            return Fact.unknown("no answer from " + server + ": its name cannot be resolved", NETWORK);
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return Fact.unknown("no answer from " + server + ": no connection in time", NETWORK);
        }
        if (cause instanceof ConnectException) {
            return Fact.unknown("no answer from " + server + ": the connection is refused", NETWORK);
        }
        String message = cause.getMessage() == null ? "" : ": " + PlainText.of(cause.getMessage(), LONGEST);
        if (cause instanceof SSLException) {
            return Fact.unknown(
                    "no TLS with " + server + message,
                    "Compare the certificate authority of the kubeconfig with that of the cluster; a proxy may be"
                            + " between them.");
        }
        return Fact.unknown("no answer on " + path + " (" + cause.getClass().getSimpleName() + message + ")");
    }

    private static boolean has(Throwable error, Class<? extends Throwable> type) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .anyMatch(type::isInstance);
    }

    private static String spoken(String message) {
        return message.isEmpty() ? "no message" : PlainText.of(message, LONGEST);
    }

    private static String message(HttpResponse<byte[]> response) {
        return Encoding.of(response.header("Content-Type")).describe(response.body());
    }
}
