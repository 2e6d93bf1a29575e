// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.stack;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OsmoOperatorTest {
    private static final BackendVerifier VERIFIER = BackendVerifier.standard();

    /** Another backend in the same cluster, with its operator in its own namespace or in this backend's. */
    @ParameterizedTest
    @ValueSource(strings = {"other-operator", "osmo-operator"})
    void another_backends_operator_is_not_judged(String namespace) {
        Cluster cluster = Clusters.goodEks();
        for (String part : List.of("listener", "worker")) {
            WorkloadFacts own = cluster.deployment("osmo-osmo-backend-" + part);
            cluster.deployments.add(new WorkloadFacts(namespace, "other-osmo-backend-" + part, 1, 0, own.template()));
            cluster.flag("other-osmo-backend-" + part, "host", "https://other.example.com");
            cluster.flag("other-osmo-backend-" + part, "namespace", "other-workflows");
            cluster.flag("other-osmo-backend-" + part, "nodeconditionprefix", "x");
            cluster.pods.add(KubeObjects.pod(
                    namespace, "other-osmo-backend-" + part + "-1", "cpu-0", "Running", "ReplicaSet", 0, ""));
        }

        assertThat(VERIFIER.verify(cluster.snapshot()).findings())
                .filteredOn(f -> Set.of(FAIL, WARN, UNKNOWN).contains(f.status()))
                .isEmpty();
    }

    @Test
    void another_backends_operator_does_not_hide_one_that_is_down() {
        Cluster cluster = Clusters.goodEks();
        WorkloadFacts own = cluster.deployment("osmo-osmo-backend-worker");
        cluster.deployments.add(new WorkloadFacts("other-operator", "other-worker", 1, 1, own.template()));
        cluster.change("osmo-osmo-backend-worker", d -> KubeObjects.ready(d, 0));

        assertThat(finding(cluster, "operator.deployments-available").status()).isEqualTo(FAIL);
    }
}
