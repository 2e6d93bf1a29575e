// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.service;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.OsmoBackendException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The UID of a cluster's namespace kube-system, by which the OSMO service knows it. */
final class ClusterIdentity {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String NAMESPACE = "/api/v1/namespaces/kube-system";

    private ClusterIdentity() {}

    static Fact<String> of(ClusterAccess access) {
        if (access.kubeconfig().isPresent()) {
            return Fact.unknown("its kubeconfig is not read by a preflight");
        }
        URI endpoint = access.endpoint();
        try {
            ServiceTransport transport =
                    new ServiceTransport(endpoint, access.caCertificate().map(ServiceTrust::of), DEADLINE);
            String path =
                    endpoint.getRawPath() == null ? "" : endpoint.getRawPath().replaceFirst("/$", "");
            ServiceAnswer answer = transport.send(
                    "GET",
                    path + NAMESPACE,
                    Optional.empty(),
                    Optional.of(access.tokens().get().value()));
            String uid = answer.succeeded()
                    ? ServiceJson.tree(answer).at("/metadata/uid").asText("")
                    : "";
            return uid.isEmpty() ? Fact.unknown("status " + answer.status() + " of its API") : Fact.of(uid);
        } catch (OsmoBackendException e) {
            return Fact.unknown(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return Fact.unknown("its certificate authority cannot be read");
        }
    }
}
