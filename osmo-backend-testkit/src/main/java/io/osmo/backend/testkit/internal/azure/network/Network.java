// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.network;

import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Regions;
import java.util.stream.Stream;

/** Microsoft.Network. */
public final class Network {
    public final Subnets subnets;
    public final PublicAddresses addresses;
    public final NetworkType loadBalancers;
    public final PrivateZones privateZones;
    public final NetworkType securityGroups;

    public Network(Arm arm, AzureSubscription azure) {
        subnets = new Subnets(azure);
        addresses = new PublicAddresses(azure);
        loadBalancers = new LoadBalancers(azure);
        privateZones = new PrivateZones(azure);
        securityGroups = new NetworkType(
                azure,
                NetworkType.tracked("networkSecurityGroups"),
                NetworkType.inUse("InUseNetworkSecurityGroupCannotBeDeleted", "Network security group"));
        VirtualNetworks networks = new VirtualNetworks(azure, subnets);
        arm.add(
                networks,
                subnets,
                new NatGateways(azure, addresses, subnets),
                addresses,
                securityGroups,
                new NetworkType(
                        azure,
                        NetworkType.tracked("routeTables"),
                        NetworkType.inUse("InUseRouteTableCannotBeDeleted", "Route table")),
                loadBalancers,
                privateZones);
        arm.add("Microsoft.Network/locations/usages", (request, id) -> {
            String region = Regions.normal(id.names().get(0));
            return ArmReply.values(Stream.of(
                    azure.usage(VirtualNetworks.QUOTA, networks.used(region), VirtualNetworks.DEFAULT_QUOTA),
                    azure.usage(PublicAddresses.QUOTA, addresses.used(region), PublicAddresses.DEFAULT_QUOTA)));
        });
    }
}
