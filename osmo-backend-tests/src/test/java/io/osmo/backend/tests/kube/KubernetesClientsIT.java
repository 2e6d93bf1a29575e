// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.cluster.ClusterAccess.Token;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.tests.services.KubeApiServer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KubernetesClientsIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.shared();

    @Test
    void the_token_is_asked_for_at_each_request() {
        AtomicReference<String> current = new AtomicReference<>(KubeApiServer.ADMIN_TOKEN);
        AtomicInteger asked = new AtomicInteger();
        ClusterAccess access = SERVER.access(() -> {
            asked.incrementAndGet();
            return new Token(current.get(), Instant.MAX);
        });

        try (KubernetesClient client = KubernetesClients.open(access)) {
            assertThat(client.namespaces().withName("kube-system").get()).isNotNull();
            int before = asked.get();
            assertThat(before).isPositive();

            current.set("expired");
            assertThatThrownBy(() -> client.namespaces().list())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(401));

            current.set(KubeApiServer.ADMIN_TOKEN);
            assertThat(client.namespaces().list().getItems()).isNotEmpty();
            assertThat(asked.get()).isGreaterThan(before);
        }
    }

    @Test
    void an_expired_token_is_replaced_within_one_request() {
        AtomicInteger asked = new AtomicInteger();
        ClusterAccess access = SERVER.access(
                () -> new Token(asked.getAndIncrement() == 0 ? "expired" : KubeApiServer.ADMIN_TOKEN, Instant.MAX));

        try (KubernetesClient client = KubernetesClients.open(access)) {
            assertThat(client.namespaces().list().getItems()).isNotEmpty();
        }
    }

    @Test
    void a_server_of_another_authority_is_not_trusted() {
        ClusterAccess genuine = SERVER.access();
        ClusterAccess other =
                new ClusterAccess("test", genuine.endpoint(), Optional.of(OTHER_AUTHORITY), genuine.tokens());

        try (KubernetesClient client = KubernetesClients.open(other)) {
            assertThatThrownBy(() -> client.namespaces().list()).hasStackTraceContaining("SSLHandshakeException");
        }
    }

    @Test
    void a_connection_that_one_authority_vouched_for_serves_nobody_who_trusts_another() {
        ClusterAccess genuine = SERVER.access();
        ClusterAccess other =
                new ClusterAccess("test", genuine.endpoint(), Optional.of(OTHER_AUTHORITY), genuine.tokens());

        try (KubernetesClient trusting = KubernetesClients.open(genuine)) {
            assertThat(trusting.namespaces().list().getItems()).isNotEmpty();
            try (KubernetesClient client = KubernetesClients.open(other)) {
                assertThatThrownBy(() -> client.namespaces().list()).hasStackTraceContaining("SSLHandshakeException");
            }
            assertThat(trusting.namespaces().list().getItems()).isNotEmpty();
        }
    }

    @Test
    void closing_one_client_of_a_cluster_leaves_the_others_open() {
        try (KubernetesClient one = KubernetesClients.open(SERVER.access())) {
            try (KubernetesClient another = KubernetesClients.open(SERVER.access())) {
                assertThat(another.namespaces().list().getItems()).isNotEmpty();
            }
            assertThat(one.namespaces().list().getItems()).isNotEmpty();
        }
    }

    @Test
    void a_kubeconfig_opens_its_current_or_a_named_context() {
        try (KubernetesClient client = KubernetesClients.fromKubeconfig(SERVER.kubeconfig())) {
            assertThat(client.namespaces().list().getItems()).isNotEmpty();
        }
        try (KubernetesClient client = KubernetesClients.fromKubeconfig(SERVER.kubeconfig(), "local")) {
            assertThat(client.namespaces().list().getItems()).isNotEmpty();
        }
    }

    /** A self-signed certificate that has signed nothing else; its key is gone. */
    private static final String OTHER_AUTHORITY = """
            -----BEGIN CERTIFICATE-----
            MIIBjzCCATWgAwIBAgIUe2OK/9dX4dbn7ch4kKPIJleyoeQwCgYIKoZIzj0EAwIw
            HDEaMBgGA1UEAwwRYW5vdGhlci1hdXRob3JpdHkwIBcNMjYxMTI0MDQzNjEwWhgP
            MjEyNjEwMzEwNDM2MTBaMBwxGjAYBgNVBAMMEWFub3RoZXItYXV0aG9yaXR5MFkw
            EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE1zuMsjryFLmNpbdjeLcFrNzElriCoAPz
            cLOkjRYDWnXhxQXSn76t9q2aHy5pz8uSd1RX9yjpFQCpAETBi8qN96NTMFEwHQYD
            VR0OBBYEFMNjXVUCdPwEvNFf0IPoeZRKGg8wMB8GA1UdIwQYMBaAFMNjXVUCdPwE
            vNFf0IPoeZRKGg8wMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIg
            E8rWBN8CmtaAjILT48sP35krkmpAvERJcehuKSwzwroCIQCAF9EYWhXbthHYCWyv
            fahK3MVzfAHV4/pfYsaTG8jBDg==
            -----END CERTIFICATE-----
            """;
}
