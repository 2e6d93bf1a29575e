// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class ServiceUrlShapeTest {
    private static final BackendVerifier VERIFIER = BackendVerifier.standard();

    @Test
    void a_password_in_the_service_url_is_in_no_text() {
        Cluster cluster = Clusters.goodEks();
        cluster.expectations =
                cluster.expectations.withServiceUrl("https://admin:hunter2@osmo.example.com/?token=hunter2");

        assertThat(status(cluster, "network.service-url-shape")).isEqualTo(FAIL);
        assertThat(finding(cluster, "network.service-url-shape").observed())
                .isEqualTo("https://…@osmo.example.com/?***");
        assertThat(VERIFIER.verify(cluster.snapshot()).findings())
                .noneMatch(f -> f.toString().contains("hunter2"));
        assertThat(cluster.snapshot().toJson()).doesNotContain("hunter2");
    }
}
