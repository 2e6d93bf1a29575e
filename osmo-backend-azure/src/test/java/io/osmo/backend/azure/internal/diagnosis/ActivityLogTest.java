// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.spi.provider.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActivityLogTest {
    private static JsonNode event(String scaleSet, String time, String status) {
        return Json.object(
                "eventTimestamp",
                time,
                "operationName",
                Map.of("value", "Microsoft.Compute/virtualMachineScaleSets/write"),
                "resourceId",
                "/subscriptions/s/resourceGroups/MC_g/providers/Microsoft.Compute/virtualMachineScaleSets/" + scaleSet,
                "status",
                Map.of("value", status),
                "subStatus",
                Map.of("value", "Conflict"),
                "properties",
                Map.of("statusMessage", "{\"error\":{\"code\":\"AllocationFailed\",\"message\":\"none left\"}}"));
    }

    private static Optional<Statement> failure(JsonNode... events) {
        return new ActivityLog(List.of(events), true).failure("gpu");
    }

    @Test
    void the_newest_change_is_named_with_its_time_if_it_failed() {
        assertThat(failure(
                        event("aks-gpu-1-vmss", "2026-11-01T10:00:00Z", "Succeeded"),
                        event("aks-gpu-1-vmss", "2026-11-01T11:00:00.25Z", "Failed"),
                        event("aks-other-1-vmss", "2026-11-01T12:00:00Z", "Succeeded"),
                        event("aks-gpu-1-vmss", "2026-11-01T13:00:00Z", "Started")))
                .contains(new Statement("activity log of 2026-11-01T11:00:00.250Z", "AllocationFailed", "none left"));
        assertThat(failure(
                        event("aks-gpu-1-vmss", "2026-11-01T11:00:00Z", "Failed"),
                        event("aks-gpu-1-vmss", "2026-11-01T12:00:00Z", "Succeeded")))
                .isEmpty();
    }

    /** An agent pool that is made again under its name has another scale set. */
    @Test
    void a_scale_set_that_is_gone_says_nothing_of_its_successor() {
        assertThat(failure(
                        event("aks-gpu-1-vmss", "2026-11-01T11:00:00Z", "Failed"),
                        event("aks-gpu-2-vmss", "2026-11-01T12:00:00Z", "Succeeded")))
                .isEmpty();
    }
}
