// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.GcpService;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointVariableTest {
    private static Map<GcpService, URI> read(String value) {
        return EndpointVariable.read(Map.of("OSMO_GCP_ENDPOINTS", value));
    }

    @Test
    void it_names_endpoints_by_service() {
        assertThat(read("CONTAINER=http://127.0.0.1:1, COMPUTE=http://127.0.0.1:2/compute"))
                .containsOnly(
                        Map.entry(GcpService.CONTAINER, URI.create("http://127.0.0.1:1")),
                        Map.entry(GcpService.COMPUTE, URI.create("http://127.0.0.1:2/compute")));
        assertThat(read("")).isEmpty();
        assertThat(EndpointVariable.read(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONTAINER", "CONTAINER=", "CONTAINER=127.0.0.1", "container=http://a", "KMS=http://a b"})
    void what_is_no_endpoint_is_told(String value) {
        assertThatThrownBy(() -> read(value)).isInstanceOfSatisfying(CloudException.class, failure -> {
            assertThat(failure).hasMessageContaining("OSMO_GCP_ENDPOINTS").hasMessageContaining(value);
            assertThat(failure.remedy()).contains("service=URL", "CONTAINER, KMS");
        });
    }
}
