// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.CloudFacts.NodeImage;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeImageNewestTest {
    private static final String CHECK = "pool.node-image-newest";
    private static final Fact<NodeImage> BEHIND = Fact.of(new NodeImage("202607.09.0", Optional.of("202610.01.0")));
    private static final Fact<NodeImage> UNREAD = Fact.unknown("ssm:GetParameters is not allowed");

    @Test
    void nodes_with_the_newest_image_pass() {
        assertThat(status(Clusters.goodEks(), CHECK)).isEqualTo(PASS);
    }

    @Test
    void a_pool_behind_is_named_with_both_releases_and_the_command_that_rolls_it() {
        Finding finding = finding(Clusters.goodAks().pool("cpu", p -> p.nodeImage = BEHIND), CHECK);

        assertThat(finding.status()).isEqualTo(WARN);
        assertThat(finding.observed()).contains("cpu: 202607.09.0, newest 202610.01.0");
        assertThat(finding.next()).contains("nodeImages: latest").contains("az aks nodepool upgrade");
    }

    @Test
    void an_image_that_could_not_be_read_is_unknown_with_the_reason() {
        Finding finding = finding(Clusters.goodEks().pool("cpu", p -> p.nodeImage = UNREAD), CHECK);

        assertThat(finding.status()).isEqualTo(UNKNOWN);
        assertThat(finding.observed()).contains("ssm:GetParameters");
    }

    @Test
    void a_pool_behind_is_told_although_another_could_not_be_read() {
        Cluster cluster =
                Clusters.goodEks().pool("cpu", p -> p.nodeImage = UNREAD).pool("operator", p -> p.nodeImage = BEHIND);

        assertThat(status(cluster, CHECK)).isEqualTo(WARN);
    }
}
