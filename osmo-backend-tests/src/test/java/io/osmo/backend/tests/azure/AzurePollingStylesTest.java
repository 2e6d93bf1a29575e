// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.azure.Models;
import io.osmo.backend.testkit.azure.PollingStyle;
import io.osmo.backend.testkit.internal.azure.AzureModels;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backend comes about and goes whichever way each of ARM's long-running operations tells that it has ended. */
class AzurePollingStylesTest {
    private static final BackendSpec SPEC = BackendSpec.builder("train-west")
            .on("azure", "eastus2")
            .deletionProtection(false)
            .computePool("cpu", p -> p.instanceType("Standard_D8s_v5").scale(1, 2))
            .build();

    @ParameterizedTest
    @EnumSource(PollingStyle.class)
    void a_backend_is_made_and_destroyed(PollingStyle style) {
        AzureModels models = Models.load();
        try (EmulatedClouds clouds = EmulatedClouds.builder()
                        .azure(azure -> azure.polling(style).inspector(models))
                        .build();
                OsmoBackends osmo = clouds.open()) {
            Plan plan = osmo.plan(SPEC);
            Instant begun = clouds.time().now();
            osmo.apply(plan);
            double ratio = (double) Duration.between(begun, clouds.time().now()).toMillis()
                    / plan.estimatedDuration().toMillis();
            assertThat(ratio).as("makespan by critical path").isLessThanOrEqualTo(1.05);
            assertThat(osmo.plan(SPEC).isEmpty()).isTrue();

            osmo.apply(osmo.planDestroy(SPEC.ref()));

            assertThat(clouds.azure().inventory()).allMatch(line -> line.startsWith("deletedVault "));
        }
        assertThat(models.violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(PollingStyle.class)
    void machines_that_cannot_be_had_are_told_and_had_later(PollingStyle style) {
        AzureModels models = Models.load();
        try (EmulatedClouds clouds = EmulatedClouds.builder()
                        .azure(azure -> azure.polling(style).inspector(models))
                        .build();
                OsmoBackends osmo = clouds.open()) {
            clouds.azure().faults().stockOut("Standard_D8s_v5", "eastus2");
            assertThatThrownBy(() -> osmo.apply(osmo.plan(SPEC)))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("AllocationFailed");

            clouds.azure().faults().restock("Standard_D8s_v5", "eastus2");
            osmo.apply(osmo.plan(SPEC));

            assertThat(osmo.plan(SPEC).isEmpty()).isTrue();
        }
        assertThat(models.violations()).isEmpty();
    }
}
