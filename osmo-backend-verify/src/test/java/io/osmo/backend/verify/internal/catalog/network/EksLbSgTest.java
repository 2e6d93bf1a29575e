// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import java.util.List;
import org.junit.jupiter.api.Test;

class EksLbSgTest {
    @Test
    void without_deployments_the_load_balancer_controller_is_unknown() {
        Cluster unread = Clusters.goodEks().blind("deployments");
        unread.firewalls.add(new CloudFacts.Firewalls("i-2", List.of("sg-a", "sg-b")));

        assertThat(status(unread, "network.eks-lb-sg")).isEqualTo(UNKNOWN);
        assertThat(status(Clusters.goodEks().blind("deployments"), "network.eks-lb-sg"))
                .isEqualTo(PASS);
    }
}
