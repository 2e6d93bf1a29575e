// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import org.junit.jupiter.api.Test;

class DnsEndpointsTest {
    @Test
    void dns_of_rke2_has_another_name() {
        Cluster rke2 = Clusters.onPremises();
        rke2.endpoints.set(0, new EndpointFacts("kube-system", "rke2-coredns-rke2-coredns", 2));

        assertThat(status(rke2, "network.dns-endpoints")).isEqualTo(PASS);
        assertThat(finding(rke2, "network.dns-endpoints").observed()).isEqualTo("2 DNS servers are ready");
    }
}
