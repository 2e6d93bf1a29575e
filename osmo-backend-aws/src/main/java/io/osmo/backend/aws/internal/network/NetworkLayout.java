// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.catalog.ChosenZones;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Where the nodes of a backend are: its zones, and its node subnets by zone. Pure.
 *
 * <p>A created VPC is carved by the letter of the zone, so that adding a zone moves no other: the VPC is cut into eight;
 * the first eighth holds the small public subnets, the others are the private subnets of zones a to g. Of the default
 * {@code 10.0.0.0/16} each zone gets a private /19, as the VPC CNI spends one address per pod, and a public /24.
 */
public final class NetworkLayout {
    /** Sizes of a VPC, in bits of the prefix, that can be carved into subnets that EKS accepts. */
    static final int LARGEST = 16;

    static final int SMALLEST = 20;

    /** Letters of zones that have a place in the VPC. */
    static final String LETTERS = "abcdefg";

    private static final int RESERVED = 5;

    private final boolean existing;
    private final String cidr;
    private final Map<String, List<ResourceId>> nodeSubnets;

    private NetworkLayout(boolean existing, String cidr, Map<String, List<ResourceId>> nodeSubnets) {
        this.existing = existing;
        this.cidr = cidr;
        this.nodeSubnets = new TreeMap<>(nodeSubnets);
    }

    public static NetworkLayout of(BackendSpec spec, Inventory inventory) {
        Network network = spec.network();
        if (network.existingId().isPresent()) {
            return new NetworkLayout(true, "", existingSubnets(inventory));
        }
        return new NetworkLayout(
                false,
                network.cidr().orElseThrow(),
                ChosenZones.of(spec, inventory).stream()
                        .collect(Collectors.toMap(z -> z, z -> List.of(VpcSubnet.id(false, z)))));
    }

    private static Map<String, List<ResourceId>> existingSubnets(Inventory inventory) {
        return inventory.observed().entrySet().stream()
                .filter(e -> e.getValue().ownership() == Observed.Ownership.EXISTING)
                .filter(e -> e.getValue().value() instanceof Subnet)
                .collect(Collectors.groupingBy(
                        e -> ((Subnet) e.getValue().value()).availabilityZone(),
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    }

    /** Ids that the node subnets of a created network may have, for deletions that cannot know which of them exist. */
    public static List<ResourceId> possibleNodeSubnets(String region) {
        return possibleZones(region).stream()
                .map(zone -> VpcSubnet.id(false, zone))
                .toList();
    }

    /** Zones that a region may have, as far as there is a place for them in a created network. */
    public static List<String> possibleZones(String region) {
        return LETTERS.chars().mapToObj(letter -> region + (char) letter).toList();
    }

    /** Whether the network is an existing one. */
    public boolean existing() {
        return existing;
    }

    /** Names of the zones, sorted. */
    public List<String> zones() {
        return List.copyOf(nodeSubnets.keySet());
    }

    /** Ids of all subnets that hold nodes and the interfaces of the control plane; each is a {@link Subnet}. */
    public List<ResourceId> nodeSubnets() {
        return nodeSubnets.values().stream().flatMap(List::stream).sorted().toList();
    }

    /** The same for one zone; empty when the network has no subnet there. */
    public List<ResourceId> nodeSubnets(String zone) {
        return nodeSubnets.getOrDefault(zone, List.of());
    }

    /** What must be ready before a node can reach the internet, which it needs to join. */
    public Set<ResourceId> egress() {
        return existing
                ? Set.of()
                : nodeSubnets().stream()
                        .flatMap(subnet -> Stream.of(SubnetAssociation.id(subnet), VpcRoute.id(subnet.name())))
                        .collect(Collectors.toSet());
    }

    /** The subnet of a created network that has the range of this one; empty when none has. */
    public static Optional<ResourceId> place(BackendSpec spec, Subnet subnet) {
        String zone = subnet.availabilityZone();
        NetworkLayout layout = new NetworkLayout(false, spec.network().cidr().orElse(""), Map.of());
        if (!hasPlace(zone)) {
            return Optional.empty();
        }
        return layout.publicCidr(zone).equals(subnet.cidrBlock())
                ? Optional.of(VpcSubnet.id(true, zone))
                : Optional.of(VpcSubnet.id(false, zone))
                        .filter(id -> layout.privateCidr(zone).equals(subnet.cidrBlock()));
    }

    static boolean hasPlace(String zone) {
        return LETTERS.indexOf(zone.charAt(zone.length() - 1)) >= 0;
    }

    /** Addresses that nodes and pods can have in the subnet of a zone of a created network: EC2 keeps five of each subnet. */
    public long usable(String zone) {
        return privateRange(zone).size() - RESERVED;
    }

    String privateCidr(String zone) {
        return privateRange(zone).toString();
    }

    String publicCidr(String zone) {
        IpRange vpc = vpc();
        return vpc.part(vpc.prefix() + 8, index(zone)).toString();
    }

    private IpRange privateRange(String zone) {
        IpRange vpc = vpc();
        return vpc.part(vpc.prefix() + 3, 1L + index(zone));
    }

    private static int index(String zone) {
        return LETTERS.indexOf(zone.charAt(zone.length() - 1));
    }

    private IpRange vpc() {
        return IpRange.parse(cidr).orElseThrow();
    }
}
