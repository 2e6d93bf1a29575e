// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.cluster.Fact;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlPlaneFactsTest {
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
        ArmObject cluster = ArmObject.of(new ObjectMapper().readTree("""
                {"properties": {"currentKubernetesVersion": "%s", "supportPlan": "%s", "provisioningState": "Succeeded"}}""".formatted(version, plan)));
        return ControlPlaneFacts.of(cluster, Fact.of(offered)).standardSupport().known();
    }
}
