// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.Expectations;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsServiceUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://osmo.example.com, PASS",
        "http://osmo.example.com, FAIL",
        "http://osmo-gateway.osmo.svc.cluster.local, WARN",
        "http://osmo-gateway.osmo.svc.corp.example:8080, WARN"
    })
    void without_a_spec_the_installed_operator_tells_the_url(String url, Status status) {
        Cluster cluster = Clusters.goodEks();
        cluster.expectations = Expectations.ofAnyBackend();
        for (String part : List.of("listener", "worker")) {
            cluster.flag("osmo-osmo-backend-" + part, "host", url);
        }

        assertThat(status(cluster, "security.tls-service-url")).isEqualTo(status);
        assertThat(status(cluster.blind("deployments"), "security.tls-service-url"))
                .isEqualTo(Status.UNKNOWN);
    }
}
