// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.runtime;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class ArchTest {
    @Test
    void a_cluster_with_both_architectures_is_a_warning() {
        Cluster mixed = Clusters.goodEks().node("operator-1", n -> n.architecture = "arm64");
        Cluster arm = Clusters.goodEks().eachNode(n -> n.architecture = "arm64");

        assertThat(status(mixed, "runtime.arch")).isEqualTo(WARN);
        assertThat(finding(mixed, "runtime.arch").observed()).isEqualTo("5 nodes with amd64, 1 with arm64");
        assertThat(finding(mixed, "runtime.arch").resources()).containsExactly("node/operator-1");
        assertThat(status(arm, "runtime.arch")).isEqualTo(PASS);
    }
}
