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
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceCidrOverlapTest {
    @Test
    void without_nodes_pod_ranges_are_unknown() {
        Cluster unread = Clusters.goodEks().blind("nodes");
        Cluster cloudOnly = Clusters.goodEks().blind("nodes");
        cloudOnly.vantages = EnumSet.of(Vantage.CLOUD);
        Cluster overlap = Clusters.goodEks().blind("nodes");
        overlap.serviceCidr = Optional.of("10.0.0.0/20");

        assertThat(status(unread, "control-plane.service-cidr-overlap")).isEqualTo(UNKNOWN);
        assertThat(status(cloudOnly, "control-plane.service-cidr-overlap")).isEqualTo(PASS);
        assertThat(finding(cloudOnly, "control-plane.service-cidr-overlap").expected())
                .isEqualTo("a service range that does not overlap the network");
        assertThat(status(overlap, "control-plane.service-cidr-overlap")).isEqualTo(FAIL);
    }
}
