// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlPlaneReaderTest {
    private static final Map<String, List<String>> OFFERED =
            Map.of("KubernetesOfficial", List.of("1.36", "1.35"), "AKSLongTermSupport", List.of("1.35", "1.33"));

    @Test
    void a_version_is_supported_under_the_plan_of_its_cluster() throws IOException {
        assertThat(supported("1.35.2", "KubernetesOfficial", OFFERED)).contains(true);
        assertThat(supported("1.33.9", "KubernetesOfficial", OFFERED)).contains(false);
        assertThat(supported("1.33.9", "AKSLongTermSupport", OFFERED)).contains(true);
    }

    @Test
    void where_no_version_is_offered_nothing_is_known() throws IOException {
        assertThat(supported(
                        "1.35.2",
                        "KubernetesOfficial",
                        Map.of("KubernetesOfficial", List.of(), "AKSLongTermSupport", List.of())))
                .isEmpty();
    }

    private static Optional<Boolean> supported(String version, String plan, Map<String, List<String>> offered)
            throws IOException {
        String cluster = """
                {"properties": {"currentKubernetesVersion": "%s", "supportPlan": "%s", "provisioningState": "Succeeded"}}""";
        ArmObject read = ArmObject.of(new ObjectMapper().readTree(cluster.formatted(version, plan)));
        return ControlPlaneReader.of(read, Fact.of(offered), Fact.of(Optional.empty()))
                .standardSupport()
                .known();
    }

    @ParameterizedTest
    @CsvSource({"Standard, true", "Premium, true", "Free, false", "'', false"})
    void tiers_with_a_service_level_are_highly_available(String tier, boolean available) throws IOException {
        assertThat(plane("{\"sku\": {\"tier\": \"" + tier + "\"}, \"properties\": {}}")
                        .highlyAvailable())
                .isEqualTo(available);
    }

    @ParameterizedTest
    @CsvSource({
        "1.33.11, none, true",
        "1.33.11, node-image, true",
        "1.33.11, '', true",
        "1.33.11, patch, false",
        "1.33.11, stable, false",
        "1.33.11, rapid, false",
        "1.33, none, false",
    })
    void a_patch_version_is_pinned_unless_a_channel_moves_it_on(String version, String channel, boolean pinned)
            throws IOException {
        assertThat(plane("{\"properties\": {\"kubernetesVersion\": \"" + version
                                + "\", \"autoUpgradeProfile\": {\"upgradeChannel\": \"" + channel + "\"}}}")
                        .pinnedVersion()
                        .isPresent())
                .isEqualTo(pinned);
    }

    private static CloudFacts.ControlPlane plane(String cluster) throws IOException {
        return ControlPlaneReader.of(
                ArmObject.of(new ObjectMapper().readTree(cluster)), Fact.of(OFFERED), Fact.of(Optional.empty()));
    }
}
