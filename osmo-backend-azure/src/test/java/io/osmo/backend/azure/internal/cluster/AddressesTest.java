// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.BackendSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressesTest {
    @Test
    void the_dns_service_is_one_of_the_services() {
        assertThat(Addresses.dns("172.20.0.0/16")).isEqualTo("172.20.0.10");
    }

    @Test
    void pods_keep_out_of_network_and_services() {
        BackendSpec spec = BackendSpec.builder("b")
                .on("azure", "eastus2")
                .computePool("cpu", p -> p.instanceType("Standard_D8s_v5").scale(1, 2))
                .network(n -> n.cidr("10.244.0.0/16"))
                .build();

        assertThat(Addresses.meets(
                        Addresses.pods(spec, List.of(spec.network().cidr().orElseThrow())), "10.244.0.0/16"))
                .isFalse();
        assertThat(Addresses.meets(
                        Addresses.pods(spec, List.of(spec.network().cidr().orElseThrow())),
                        spec.network().serviceCidr()))
                .isFalse();
    }
}
