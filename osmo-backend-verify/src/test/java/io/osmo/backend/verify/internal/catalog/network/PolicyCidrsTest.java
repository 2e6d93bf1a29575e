// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyCidrsTest {
    @Test
    void pod_ranges_must_be_blocked_too() {
        Cluster open = Clusters.goodAks().eachNode(n -> n.podCidrs = List.of("192.168.7.0/24"));
        Cluster closed = Clusters.goodAks().eachNode(n -> n.podCidrs = List.of("10.244.7.0/24"));

        assertThat(status(open, "network.policy-cidrs")).isEqualTo(WARN);
        assertThat(finding(open, "network.policy-cidrs").observed()).startsWith("192.168.7.0 (");
        assertThat(status(closed, "network.policy-cidrs")).isEqualTo(PASS);
    }
}
