// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import java.net.URI;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * How to reach a cluster's API.
 *
 * @param name name of the cluster
 * @param endpoint such as {@code https://ABC.gr7.us-west-2.eks.amazonaws.com}
 * @param caCertificate the cluster's certificate authority in PEM; empty when the endpoint is plain http (emulated clusters)
 * @param tokens gives a valid token; called before each request, so it caches and refreshes by itself
 */
public record ClusterAccess(String name, URI endpoint, String caCertificate, Supplier<Token> tokens) {
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
