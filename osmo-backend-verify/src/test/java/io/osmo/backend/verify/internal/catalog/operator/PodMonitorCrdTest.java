// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.HelmReleaseFacts;
import org.junit.jupiter.api.Test;

class PodMonitorCrdTest {
    /** Helm records no release of a chart that asks for a kind that is not served: one that failed did so for another reason. */
    @Test
    void a_failed_release_tells_nothing_about_a_missing_kind() {
        Cluster cluster = Clusters.goodEks();
        cluster.crds.remove(7);
        cluster.releases.set(0, new HelmReleaseFacts("osmo-operator", "osmo", 3, "failed"));

        assertThat(status(cluster, "operator.podmonitor-crd")).isEqualTo(Status.SKIPPED);
        assertThat(finding(cluster, "operator.helm-release").next())
                .isEqualTo("helm history osmo -n osmo-operator; helm rollback osmo -n osmo-operator");
    }
}
