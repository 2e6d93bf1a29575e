// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.runtime;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerdVersionTest {
    @Test
    void an_unreadable_version_of_containerd_is_unknown() {
        Cluster unread = Clusters.goodEks().node("cpu-0", n -> n.runtime = "containerd://Unknown");
        Cluster both = Clusters.goodEks()
                .node("cpu-0", n -> n.runtime = "containerd://Unknown")
                .node("cpu-1", n -> n.runtime = "containerd://1.7.1");

        for (String check : List.of("runtime.containerd-version", "runtime.containerd-cve")) {
            assertThat(status(unread, check)).as(check).isEqualTo(UNKNOWN);
            assertThat(finding(unread, check).observed()).contains("containerd://Unknown");
            assertThat(finding(unread, check).resources()).containsExactly("node/cpu-0");
        }
        assertThat(status(both, "runtime.containerd-version")).isEqualTo(FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "containerd://2.0.5-k3s1, PASS",
        "containerd://1.7.33-ubuntu22.04u1, PASS",
        "containerd://1.7.27-0ubuntu1~22.04.1, PASS",
        "containerd://2.3.2-ubuntu24.04u1, PASS",
        "containerd://v1.7.28, PASS",
        "containerd://1.7.27+bottlerocket, PASS",
        "containerd://1.7.26-gke.0, FAIL",
        "containerd://1.6.38, FAIL",
        "containerd://1.7.27~rc.1, FAIL",
        "cri-o://1.33.1, SKIPPED",
    })
    void versions_of_containerd_as_vendors_write_them(String runtime, Status expected) {
        assertThat(status(Clusters.goodEks().eachNode(n -> n.runtime = runtime), "runtime.containerd-version"))
                .isEqualTo(expected);
    }

    /** Some builds report their version as it is tagged. */
    @Test
    void a_version_with_a_v_is_containerd_2_too() {
        Cluster cluster = Clusters.goodEks().node("gpu-0", n -> n.runtime = "containerd://v2.1.5");
        cluster.daemonSets.set(
                1, KubeObjects.installed("gpu-operator", "nvidia-container-toolkit-daemonset", "x:v1", Map.of(), ""));

        assertThat(status(cluster, "runtime.containerd2-gpu")).isEqualTo(Status.WARN);
    }
}
