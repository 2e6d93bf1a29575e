// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
    /** All deployments of KAI with this tag. */
    private static Cluster of(String tag) {
        return of(Clusters.goodEks(), tag);
    }

    private static Cluster of(Cluster cluster, String tag) {
        cluster.deployments.stream()
                .filter(d -> d.namespace().equals("kai-scheduler"))
                .toList()
                .forEach(d -> cluster.image(d.name(), "ghcr.io/nvidia/kai-scheduler/" + d.name() + ":" + tag));
        return cluster;
    }

    @ParameterizedTest
    @CsvSource({
        "v0.12.10, '0.12.10, 0.14 is recommended'",
        "v0.14.0, 0.14.0",
        "v0.14.7, 0.14.7",
        "v0.16.8, '0.16.8, newer than the versions OSMO was tested with'"
    })
    void a_sufficient_version_passes_with_a_remark(String tag, String observed) {
        assertThat(status(of(tag), "kai.version")).isEqualTo(Status.PASS);
        assertThat(finding(of(tag), "kai.version").observed()).isEqualTo(observed);
    }

    @ParameterizedTest
    @CsvSource({"v0.13.4, WARN", "v0.14.0, PASS"})
    void where_the_cloud_edits_webhooks_kai_0_14_is_needed(String tag, Status status) {
        Cluster cluster = of(Clusters.goodAks(), tag);

        assertThat(status(cluster, "kai.version")).isEqualTo(status);
    }

    @Test
    void the_oldest_component_of_kai_counts() {
        Cluster cluster = of("v0.14.0");
        cluster.deployments.add(
                0,
                KubeObjects.installed(
                        "kai-scheduler", "prometheus", "quay.io/prometheus/prometheus:v0.1.0", Map.of(), ""));
        assertThat(finding(cluster, "kai.version").observed()).isEqualTo("0.14.0");

        cluster.image("binder", "mirror.example.com/osmo/binder:v0.11.0");
        assertThat(finding(cluster, "kai.version").observed()).isEqualTo("0.11.0");
    }
}
