// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class AutoscalerPresentTest {
    @Test
    void autoscaling_is_skipped_without_a_cloud() {
        Cluster onPremises = Clusters.onPremises();
        Cluster rented = Clusters.goodEks().eachNode(n -> n.providerId = "azure:///subscriptions/s/" + n.name);
        rented.deployments.removeIf(d -> d.name().equals("cluster-autoscaler"));

        assertThat(status(onPremises, "pool.autoscaler-present")).isEqualTo(SKIPPED);
        assertThat(status(rented, "pool.autoscaler-present"))
                .as("machines of Azure without AKS")
                .isEqualTo(WARN);
        assertThat(status(Clusters.goodGke(), "pool.autoscaler-present")).isEqualTo(PASS);
        assertThat(status(Clusters.goodAks(), "pool.autoscaler-present")).isEqualTo(PASS);
    }
}
