// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.ServedClouds;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** An example of a host's own test on the emulated cloud. */
class FleetTest {
    private final BackendSpec spec = BackendSpec.builder("train-west")
            .on("aws", "us-west-2")
            .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
            .build();

    @Test
    void goes_on_where_a_denied_call_stopped_it() {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            clouds.aws().faults().onCall("eks:CreateNodegroup").nth(1).deny();
            assertThatThrownBy(() -> osmo.apply(osmo.plan(spec))).isInstanceOf(PartialApplyException.class);

            clouds.aws().faults().clear();
            osmo.apply(osmo.plan(spec));

            assertThat(osmo.plan(spec).isEmpty()).isTrue();
        }
    }

    @Test
    void other_programs_use_the_clouds_over_http() throws Exception {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                ServedClouds served = clouds.serve()) {
            URI clusters = served.url("gcp").resolve("/container/v1/projects/osmo-emulated/locations/-/clusters");
            HttpRequest list = HttpRequest.newBuilder(clusters)
                    .header("Authorization", "Bearer any")
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(list, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
