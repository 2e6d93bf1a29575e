// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://osmo.example.com/, PASS",
        "https://osmo.example.com:443, PASS",
        "https://OSMO.example.com, PASS",
        "https://osmo.example.com:8443, FAIL",
        "http://osmo.example.com, FAIL",
        "https://osmo.example.com/osmo, FAIL",
        "https://osmo example.com, FAIL"
    })
    void equivalent_urls_are_equal(String url, Status status) {
        Cluster cluster = Clusters.goodEks().flag("osmo-osmo-backend-worker", "host", url);

        assertThat(status(cluster, "operator.service-url")).isEqualTo(status);
    }
}
