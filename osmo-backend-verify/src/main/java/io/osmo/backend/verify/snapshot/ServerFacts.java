// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The Kubernetes API server.
 *
 * @param endpoint address of the Kubernetes API
 * @param tlsVerified whether the API's certificate is verified on every call; known once a call with verification has succeeded
 * @param time the server's own clock when the cluster was read
 * @param version {@code gitVersion} of the server
 * @param apiGroups API groups that it serves, including those of custom resources
 * @param unavailableApis parts of the API that other servers provide and that are not available
 */
public record ServerFacts(
        Fact<URI> endpoint,
        Fact<Boolean> tlsVerified,
        Fact<Instant> time,
        Fact<String> version,
        Fact<Set<String>> apiGroups,
        Fact<List<ApiServiceFacts>> unavailableApis) {
    /** None of it was read, for this reason. */
    public static ServerFacts unknown(String reason) {
        return new ServerFacts(
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason));
    }
}
