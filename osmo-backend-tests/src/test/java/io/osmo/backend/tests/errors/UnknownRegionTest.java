// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A region with a typing error is refused by each cloud in its own words, and told as what it is, before anything is planned. */
class UnknownRegionTest {
    @ParameterizedTest
    @CsvSource({
        "aws, us-wset-2, m7i.2xlarge, Did you mean us-west-2?",
        "gcp, us-cenrtal1, n2-standard-8, Did you mean us-central1?",
        "azure, eastsu2, Standard_D8s_v5, Did you mean eastus2?"
    })
    void plan_and_preflight_say_that_the_region_is_wrong(String provider, String region, String machine, String help) {
        BackendSpec spec = BackendSpec.builder("train-west")
                .on(provider, region)
                .computePool("cpu", p -> p.instanceType(machine).scale(1, 2))
                .build();
        try (EmulatedClouds clouds = Refused.clouds();
                OsmoBackends osmo = clouds.open()) {
            CloudException refused = catchThrowableOfType(CloudException.class, () -> osmo.plan(spec));

            assertThat(refused.error()).isEqualTo(CloudError.INVALID_REQUEST);
            assertThat(refused).hasMessageContaining(region);
            assertThat(refused.field()).contains("region");
            assertThat(refused.remedy())
                    .startsWith("Correct the region in the spec")
                    .contains(help)
                    .doesNotContain("Health Dashboard", "status");
            assertThat(osmo.preflight(spec).passed()).isFalse();
            assertThat(osmo.preflight(spec).findings())
                    .anySatisfy(finding -> assertThat(finding.remedy()).isEqualTo(refused.remedy()));
        }
    }
}
