// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.testkit.internal.gcp.GcpTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServiceUsageTest extends GcpTest {
    @Test
    void a_service_cannot_be_used_before_it_is_enabled() {
        reopen(b -> b.disabledService("container.googleapis.com"));
        refused("SERVICE_DISABLED", () -> clients.clusters().listClusters(PARENT));

        JsonNode operation = rest().post(
                        GcpService.SERVICE_USAGE,
                        "/v1/projects/" + PROJECT + "/services:batchEnable",
                        json("{'serviceIds':['container.googleapis.com']}"));
        assertThat(operation.path("done").asBoolean()).isFalse();
        time.advance(Duration.ofMinutes(1));

        assertThat(rest().get(
                                GcpService.SERVICE_USAGE,
                                "/v1/" + operation.path("name").asText())
                        .path("done")
                        .asBoolean())
                .isTrue();
        assertThat(clients.clusters().listClusters(PARENT).getClustersList()).isEmpty();
    }
}
