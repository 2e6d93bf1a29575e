// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.catalog.VmSize;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolRulesTest {
    private static final String SYSTEM_SIZE = AksSettings.defaults().systemInstanceType();

    /** Others may no longer buy it, or it has been restricted for the subscription; what runs stays. */
    @Test
    void a_size_that_is_no_longer_sold_is_refused_for_a_new_system_pool_only() throws JsonProcessingException {
        BackendSpec spec = BackendSpec.builder("train-west")
                .on("azure", "eastus2")
                .profile(Profile.DEVELOPMENT)
                .computePool("cpu", pool -> pool.instanceType("Standard_D8s_v5").scale(1, 2))
                .build();
        JsonNode sku = new ObjectMapper().readTree("""
                {"resourceType": "virtualMachines", "name": "Standard_D8s_v5", "capabilities": [
                  {"name": "vCPUs", "value": "8"}, {"name": "EncryptionAtHostSupported", "value": "True"}]}
                """);
        JsonNode pool = new ObjectMapper().readTree("""
                {"id": "/agentPools/system", "name": "system", "properties": {"mode": "System", "vmSize": "%s"}}
                """.formatted(SYSTEM_SIZE));
        Offers offers = new Offers(List.of(), List.of(), Map.of("Standard_D8s_v5", VmSize.of(sku)), List.of());
        Map<ResourceId, Observed<?>> existing =
                Map.of(SystemPool.id(SystemPool.NAME), Observed.ours(ArmObject.of(pool)));

        assertThat(PoolRules.check(spec, Inventory.of(Map.of(), Map.of(Offers.class, offers))))
                .extracting(Violation::path)
                .containsExactly("settings.systemInstanceType");
        assertThat(PoolRules.check(spec, Inventory.of(existing, Map.of(Offers.class, offers))))
                .isEmpty();
    }
}
