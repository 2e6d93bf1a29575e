// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.runtime;

import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerdCveTest {
    @ParameterizedTest
    @CsvSource({
        "1.7.31, v1.33.5, WARN",
        "1.7.32, v1.33.5, PASS",
        "2.0.8, v1.33.5, WARN",
        "2.0.9, v1.33.5, PASS",
        "2.1.9, v1.33.5, WARN",
        "2.2.3, v1.33.5, WARN",
        "2.2.4, v1.33.5, PASS",
        "2.3.0, v1.33.5, WARN",
        "2.3.1, v1.33.5, PASS",
        "2.1.5, v1.34.1, PASS",
        "2.0.3, v1.34.1, WARN",
        "1.7.26, v1.33.5, PASS",
    })
    void vulnerable_versions_of_containerd(String containerd, String kubelet, Status expected) {
        Cluster cluster = Clusters.goodEks().node("cpu-0", n -> {
            n.runtime = "containerd://" + containerd;
            n.kubelet = kubelet;
        });

        assertThat(status(cluster, "runtime.containerd-cve")).isEqualTo(expected);
        if (expected == WARN) {
            assertThat(finding(cluster, "runtime.containerd-cve").observed()).contains("CVE-20");
        }
    }
}
