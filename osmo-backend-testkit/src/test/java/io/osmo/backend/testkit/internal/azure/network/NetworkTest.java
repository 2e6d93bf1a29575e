// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.internal.azure.AzureTest;
import org.junit.jupiter.api.Test;

class NetworkTest extends AzureTest {
    @Test
    void subnets_outside_or_overlapping_are_refused() {
        network();

        refused(
                400,
                "NetcfgSubnetRangeOutsideVnet",
                rest.put(NETWORK + "/subnets/x", "{`properties`:{`addressPrefix`:`10.2.0.0/24`}}"));
        refused(
                400,
                "NetcfgSubnetRangesOverlap",
                rest.put(NETWORK + "/subnets/x", "{`properties`:{`addressPrefix`:`10.1.8.0/24`}}"));
        refused(
                400,
                "InvalidCIDRNotation",
                rest.put(NETWORK + "/subnets/x", "{`properties`:{`addressPrefix`:`10.1.64.1/24`}}"));
        refused(
                400,
                "InvalidResourceReference",
                rest.put(
                        NETWORK + "/subnets/x",
                        "{`properties`:{`addressPrefix`:`10.1.64.0/24`,`natGateway`:{`id`:`$sub/" + NAT + "x`}}}"));
    }

    @Test
    void resources_in_use_are_not_deleted() {
        network();

        refused(400, "CannotDeleteNatGatewayAssociatedToSubnet", rest.delete(NAT));
        refused(400, "PublicIPAddressCannotBeDeleted", rest.delete(ADDRESS));
        rest.gone(SUBNET);
        rest.gone(NAT);
        rest.gone(ADDRESS);
        rest.gone(NETWORK);
        rest.gone(GROUP);
        assertThat(azure.inventory()).isEmpty();
    }

    @Test
    void subnets_inside_a_network_replace_existing_ones() {
        network();
        String inline =
                "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.1.0.0/16`]},`subnets`:["
                        + "{`name`:`other`,`properties`:{`addressPrefix`:`10.1.128.0/24`}}]}}";

        rest.made(NETWORK, inline);

        assertThat(rest.get(SUBNET).status()).isEqualTo(404);
        assertThat(rest.get(NETWORK + "/subnets/other").status()).isEqualTo(200);
    }
}
