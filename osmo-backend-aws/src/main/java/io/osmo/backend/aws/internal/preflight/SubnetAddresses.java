// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.MachineType;
import io.osmo.backend.aws.internal.catalog.Offers;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.aws.internal.pool.PoolConcern;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Survey;
import io.osmo.backend.spi.provider.address.AddressNeed;
import io.osmo.backend.spi.provider.address.AddressRange;
import io.osmo.backend.spi.provider.address.AddressSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * The Amazon VPC CNI gives each pod an address of the subnet. By default it takes addresses a whole interface at a time, and keeps one
 * spare interface attached ({@code WARM_ENI_TARGET} is 1), so a node takes two interfaces full of addresses before it has a pod. The
 * backend's add-on keeps these defaults.
 *
 * @see <a href="https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/eni-and-ip-target.md">VPC CNI: targets</a>
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html">EKS: most pods of a node</a>
 */
final class SubnetAddresses implements AddressSource<AwsContext> {
    /** EKS places interfaces of the control plane in the subnets and advises to keep sixteen addresses for them. */
    private static final int CONTROL_PLANE = 16;

    private static final int WARM_INTERFACES = 1;

    /** Managed node groups admit this many pods on nodes with fewer vCPUs than {@link #LARGE}, and more on others. */
    private static final int PODS_OF_SMALL = 110;

    private static final int PODS_OF_LARGE = 250;
    private static final int LARGE = 30;

    @Override
    public List<AddressRange> ranges(Survey<AwsContext> survey, Inventory inventory) {
        NetworkLayout layout = NetworkLayout.of(survey.spec(), inventory);
        boolean cluster = inventory.observed().containsKey(Ids.CLUSTER);
        List<AddressRange> ranges = new ArrayList<>();
        for (String zone : layout.zones()) {
            for (ResourceId subnet : layout.nodeSubnets(zone)) {
                Optional<Long> told = inventory
                        .find(subnet, Subnet.class)
                        .flatMap(found -> Optional.ofNullable(found.availableIpAddressCount()))
                        .map(Integer::longValue);
                long free = told.orElseGet(() -> layout.existing() ? 0L : layout.usable(zone));
                ranges.add(new AddressRange(
                        name(layout, subnet, zone), Fact.of(Math.max(0, cluster ? free : free - CONTROL_PLANE))));
            }
        }
        return ranges;
    }

    private static String name(NetworkLayout layout, ResourceId subnet, String zone) {
        return layout.existing() ? subnet.name() + " (" + zone + ")" : zone;
    }

    @Override
    public List<AddressNeed> needs(Survey<AwsContext> survey, Inventory inventory) {
        Optional<Offers> offers = inventory.attachment(Offers.class);
        if (offers.isEmpty()) {
            return List.of();
        }
        NetworkLayout layout = NetworkLayout.of(survey.spec(), inventory);
        List<AddressNeed> needs = new ArrayList<>();
        for (PoolConcern.Machines group : PoolConcern.machines(survey.context(), survey.spec(), inventory)) {
            Optional<MachineType> machine = offers.get()
                    .machine(group.type())
                    .filter(type -> type.addressesPerInterface() > 1 && survey.changes(group.id()));
            List<String> subnets = group.zones().stream()
                    .flatMap(zone -> layout.nodeSubnets(zone).stream().map(subnet -> name(layout, subnet, zone)))
                    .toList();
            long nodes = Math.max(0, group.most() - group.nodes()) + (survey.rolls(group.id()) ? group.surge() : 0);
            machine.ifPresent(type -> needs.add(
                    new AddressNeed(group.pool().name(), subnets, nodes, taken(type, 1), taken(type, pods(type)))));
        }
        return needs;
    }

    /** Addresses that a node with so many pods takes; the first address of an interface is the interface's own. */
    private static long taken(MachineType type, long pods) {
        int each = type.addressesPerInterface();
        long used = Math.max(1, (pods + each - 2) / (each - 1));
        return Math.min(interfaces(type), used + WARM_INTERFACES) * each;
    }

    private static long pods(MachineType type) {
        long most = (long) interfaces(type) * (type.addressesPerInterface() - 1);
        return Math.min(most, type.vcpus() < LARGE ? PODS_OF_SMALL : PODS_OF_LARGE);
    }

    /** Pods are on the first network card only. */
    private static int interfaces(MachineType type) {
        return type.networkCards().get(0).interfaces();
    }

    @Override
    public String remedy(Survey<AwsContext> survey) {
        return survey.spec().network().existingId().isPresent()
                ? "Name larger or more subnets in network.existing.subnets, free addresses, or lower scale.max."
                : "Widen network.cidr of a new backend, at most to a /16, or lower scale.max.";
    }
}
