// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.cluster.Fact;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkFactsReaderTest {
    private static final String BARE = "{}";
    private static final String GATEWAY = "{\"natGateway\": {\"id\": \"/g\"}, \"routeTable\": {\"id\": \"/r\"}}";
    private static final String ROUTED = "{\"routeTable\": {\"id\": \"/r\"}}";

    @ParameterizedTest
    @CsvSource({"loadBalancer, load balancer of AKS", "managedNATGateway, NAT gateway of AKS"})
    void the_way_out_that_aks_keeps_itself_is_one(String type, String way) throws IOException {
        assertThat(egress(BARE, Fact.of(type)).known()).hasValue(Optional.of(way));
    }

    @ParameterizedTest
    @CsvSource({"none", "block", "userDefinedRouting", "userAssignedNATGateway"})
    void what_somebody_else_must_bring_is_missing_where_the_subnet_has_none(String type) throws IOException {
        assertThat(egress(BARE, Fact.of(type)).known()).hasValue(Optional.empty());
    }

    @Test
    void a_gateway_of_the_subnet_comes_first_and_a_route_table_leads_who_knows_where() throws IOException {
        assertThat(egress(GATEWAY, Fact.of("none")).known()).hasValue(Optional.of("/g"));
        assertThat(egress(ROUTED, Fact.of("userDefinedRouting")).known()).isEmpty();
    }

    @Test
    void without_the_cluster_nothing_is_known() throws IOException {
        assertThat(egress(BARE, Fact.unknown("403")).known()).isEmpty();
        assertThat(egress(GATEWAY, Fact.unknown("403")).known()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/24, 0, 251",
        "10.0.0.0/24, 30, 221",
        "10.0.0.0/29, 3, 0",
        "10.0.0.0/29, 9, 0",
        "10.0.0.0/8, 0, 16777211",
        "'', 0, 0"
    })
    void azure_keeps_five_addresses_of_each_subnet(String cidr, int used, int free) {
        assertThat(NetworkFactsReader.free(cidr, used)).isEqualTo(free);
    }

    private static Fact<Optional<String>> egress(String subnet, Fact<String> outbound) throws IOException {
        return NetworkFactsReader.egress(new ObjectMapper().readTree(subnet), outbound);
    }
}
