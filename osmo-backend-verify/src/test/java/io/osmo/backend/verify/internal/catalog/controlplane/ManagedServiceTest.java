// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class ManagedServiceTest {
    @Test
    void nodes_with_a_provider_id_tell_the_service() {
        Cluster starting = Clusters.goodAks().node("cpu-0", n -> n.providerId = "");
        Cluster hybrid = Clusters.goodEks()
                .node("cpu-0", n -> n.providerId = "eks-hybrid:///us-west-2/train-west/mi-0123456789abcdef0");
        Cluster empty = Clusters.goodEks();
        empty.nodes.clear();
        Cluster emptyAks = Clusters.goodAks();
        emptyAks.nodes.clear();

        assertThat(status(starting, "control-plane.managed-service")).isEqualTo(PASS);
        assertThat(status(hybrid, "control-plane.managed-service")).isEqualTo(PASS);
        assertThat(finding(empty, "control-plane.managed-service").observed()).isEqualTo("EKS, by its version");
        assertThat(status(emptyAks, "control-plane.managed-service")).isEqualTo(UNKNOWN);
        assertThat(status(Clusters.onPremises(), "control-plane.managed-service"))
                .isEqualTo(FAIL);
    }
}
