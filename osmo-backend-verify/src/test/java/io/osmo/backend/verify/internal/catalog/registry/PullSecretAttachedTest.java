// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.SecretFacts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PullSecretAttachedTest {
    private static final String DOCKER = "kubernetes.io/dockerconfigjson";

    /** The operator's only pull secret, when no spec says which registries there are. */
    private static Cluster with(String type, Optional<Map<String, Boolean>> registries) {
        Cluster cluster = Clusters.goodEks();
        cluster.expectations = Expectations.ofAnyBackend();
        cluster.secrets.set(
                0,
                new SecretFacts(
                        "osmo-operator",
                        KubeObjects.REGISTRY_SECRET,
                        type,
                        Set.of(".dockerconfigjson"),
                        registries,
                        Optional.empty()));
        return cluster;
    }

    static Stream<Arguments> secrets() {
        return Stream.of(
                Arguments.of("Opaque", Optional.of(Map.of("registry.example.com", true)), "is of type Opaque"),
                Arguments.of(
                        DOCKER,
                        Optional.of(Map.of("ghcr.io", true)),
                        "has no entry for registry.example.com, only for ghcr.io"),
                Arguments.of(DOCKER, Optional.of(Map.of()), "is empty"),
                Arguments.of(DOCKER, Optional.empty(), "is malformed"),
                Arguments.of(
                        DOCKER,
                        Optional.of(Map.of("registry.example.com", false)),
                        "has no credential for registry.example.com"));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void a_secret_that_kubelets_cannot_pull_with_is_found_without_a_spec(
            String type, Optional<Map<String, Boolean>> registries, String problem) {
        Cluster cluster = with(type, registries);

        assertThat(status(cluster, "registry.pull-secret-attached")).isEqualTo(Status.WARN);
        assertThat(finding(cluster, "registry.pull-secret-attached").observed())
                .startsWith("secret registry-example-com " + problem);
    }

    @Test
    void the_wrong_user_of_nvcr_is_named() {
        Cluster cluster = with(DOCKER, Optional.of(Map.of("nvcr.io", false)));
        cluster.image("osmo-osmo-backend-worker", "nvcr.io/nvidia/osmo/backend-worker:6.3.1");
        cluster.image("osmo-osmo-backend-listener", "nvcr.io/nvidia/osmo/backend-listener:6.3.1");

        assertThat(finding(cluster, "registry.pull-secret-attached").observed())
                .contains("has no credential for nvcr.io with the user name $oauthtoken, which it requires");
        assertThat(status(cluster, "registry.pull-secret")).isEqualTo(Status.FAIL);
    }

    @Test
    void a_secret_with_a_credential_for_the_registry_is_good() {
        assertThat(status(
                        with(DOCKER, Optional.of(Map.of("registry.example.com", true))),
                        "registry.pull-secret-attached"))
                .isEqualTo(Status.PASS);
        assertThat(status(with(DOCKER, Optional.of(Map.of("*.example.com", true))), "registry.pull-secret-attached"))
                .isEqualTo(Status.PASS);
        assertThat(status(with("kubernetes.io/dockercfg", Optional.empty()), "registry.pull-secret-attached"))
                .as("the older type, of which the content is not read")
                .isEqualTo(Status.PASS);
    }
}
