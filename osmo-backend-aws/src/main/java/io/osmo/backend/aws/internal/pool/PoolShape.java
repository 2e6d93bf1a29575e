// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.MachineType;
import io.osmo.backend.aws.internal.catalog.Offers;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.ObservedRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.CapacityTypes;

/**
 * What all node groups of a pool have in common that EKS cannot change. Pure.
 *
 * @param types in order of preference
 * @param machine the first of the types; empty when the region's offers are not known
 */
record PoolShape(
        AwsContext context,
        NodePool pool,
        List<String> types,
        Optional<MachineType> machine,
        NetworkLayout layout,
        Inventory inventory) {

    static PoolShape of(AwsContext context, BackendSpec spec, NodePool pool, List<String> types, Inventory inventory) {
        return new PoolShape(
                context,
                pool,
                types,
                inventory.attachment(Offers.class).flatMap(offers -> offers.machine(types.get(0))),
                NetworkLayout.of(spec, inventory),
                inventory);
    }

    String imageType() {
        return EksGpuStack.imageType(pool.role(), context.settings(), machine);
    }

    static CapacityTypes capacity(EksSettings settings, NodePool pool) {
        if (settings.pool(pool.name()).capacityBlock()) {
            return CapacityTypes.CAPACITY_BLOCK;
        }
        return pool.spot() ? CapacityTypes.SPOT : CapacityTypes.ON_DEMAND;
    }

    List<ResourceId> subnets(List<String> zones) {
        return zones.stream().flatMap(zone -> layout.nodeSubnets(zone).stream()).toList();
    }

    /** The type of a capacity block is in the launch template, and then EKS takes none for the group. */
    static List<String> groupTypes(CapacityTypes capacity, List<String> types) {
        return capacity == CapacityTypes.CAPACITY_BLOCK ? List.of() : types;
    }

    /** What a group has to be like that keeps its place; types count that the spec lists, not only those that are preferred. */
    PoolFit in(List<String> zones) {
        CapacityTypes capacity = capacity(context.settings(), pool);
        return new PoolFit(
                groupTypes(capacity, PoolTypes.of(pool)),
                subnets(zones).stream()
                        .flatMap(id -> inventory.find(id, Subnet.class).stream())
                        .map(Subnet::subnetId)
                        .collect(Collectors.toSet()),
                capacity,
                imageType(),
                inventory
                        .find(IamRole.id(RoleKind.NODE), ObservedRole.class)
                        .map(found -> found.role().arn()),
                inventory
                        .find(PoolTemplate.id(pool.name()), ObservedTemplate.class)
                        .map(ObservedTemplate::id),
                subnetZones());
    }

    /** Zone of each subnet that was found, by EC2's id. */
    Map<String, String> subnetZones() {
        return inventory.observed().values().stream()
                .flatMap(found -> found.value() instanceof Subnet subnet ? Stream.of(subnet) : Stream.empty())
                .collect(Collectors.toMap(Subnet::subnetId, Subnet::availabilityZone, (zone, same) -> zone));
    }
}
