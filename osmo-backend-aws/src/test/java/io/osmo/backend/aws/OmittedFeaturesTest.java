// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.VirtualTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OmittedFeaturesTest {
    private static List<String> warnings(EksFeature... omitted) {
        EksSettings settings = EksSettings.builder().omit(omitted).build();
        try (CloudSession session = new AwsProvider().open("us-west-2", Optional.of(settings), VirtualTime.seeded(1))) {
            return session.warnings(
                    new BackendRef("aws", "us-west-2", "x"), Optional.empty(), Inventory.of(Map.of(), Map.of()));
        }
    }

    @ParameterizedTest
    @EnumSource(EksFeature.class)
    void each_is_warned_of_with_its_consequence(EksFeature feature) {
        assertThat(warnings(feature))
                .singleElement()
                .asString()
                .startsWith(feature.name())
                .endsWith(feature.consequence());
    }

    @Test
    void warnings_stand_in_one_order() {
        assertThat(warnings(EksFeature.CLUSTER_SIDE, EksFeature.ADDONS))
                .extracting(warning -> warning.substring(0, warning.indexOf(' ')))
                .containsExactly("ADDONS", "CLUSTER_SIDE");
    }

    @Test
    void a_target_that_has_everything_gives_no_warning() {
        assertThat(warnings()).isEmpty();
    }
}
