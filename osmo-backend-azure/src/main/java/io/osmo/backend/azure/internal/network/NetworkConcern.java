// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The network: the backend's own, or an existing one that is read, checked and used. */
public final class NetworkConcern implements Concern<AzureContext> {
    /** Usual ranges for services, of which one is suggested that the network leaves free. */
    private static final List<String> SERVICE_RANGES =
            List.of("172.20.0.0/16", "172.24.0.0/16", "10.200.0.0/16", "192.168.0.0/16");

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        Needs zone = spec.flatMap(PrivateZone::of).isPresent()
                ? Needs.reading(ArmType.PRIVATE_ZONE.action("read"))
                : Needs.NONE;
        return spec.flatMap(wanted -> wanted.network().existingId()).isPresent()
                ? List.of(zone)
                : List.of(VirtualNetwork.NEEDS, NatGateway.NEEDS, PublicIp.NEEDS, zone);
    }

    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(NetworkReader.INSTANCE, ZONE);
    }

    /** Neither network nor services nor pods may use them: learn.microsoft.com/azure/aks/azure-cni-overview. */
    private static final List<String> RESERVED =
            List.of("169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24");

    private static final Reader<AzureContext> ZONE = PrivateZone::read;

    @Override
    public List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>();
        PrivateZone.validate(spec).ifPresent(violations::add);
        Network network = spec.network();
        if (network.existingId().isPresent()) {
            network.existingId()
                    .filter(id -> !isId(id, "virtualNetworks"))
                    .ifPresent(id -> violations.add(new Violation(
                            "network.existing.id",
                            Optional.of("NW-1"),
                            id,
                            "the resource id of a virtual network",
                            "Give /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/….")));
            if (network.existingSubnetIds().size() != 1
                    || !isId(network.existingSubnetIds().get(0), "subnets")) {
                violations.add(new Violation(
                        "network.existing.subnets",
                        Optional.of("NW-1"),
                        network.existingSubnetIds().isEmpty()
                                ? "nothing"
                                : String.join(", ", network.existingSubnetIds()),
                        "the resource id of one subnet: in Azure a subnet spans all zones",
                        "Give the one subnet for the nodes."));
            }
        } else if (network.cidr()
                .flatMap(IpRange::parse)
                .filter(range -> range.prefix() > 29)
                .isPresent()) {
            violations.add(new Violation(
                    "network.cidr",
                    Optional.of("NW-1"),
                    network.cidr().orElseThrow(),
                    "a range of /29 or larger",
                    "Azure keeps five addresses of each subnet for itself; nodes need one each."));
        }
        network.cidr().ifPresent(range -> notReserved("network.cidr", range, violations));
        notReserved("network.serviceCidr", network.serviceCidr(), violations);
        return violations;
    }

    private static void notReserved(String path, String given, List<Violation> violations) {
        RESERVED.stream()
                .filter(range -> NodeSubnet.meets(range, given))
                .findFirst()
                .ifPresent(range -> violations.add(new Violation(
                        path,
                        Optional.of("NW-1"),
                        given + ", which overlaps " + range,
                        "a range apart from those that AKS keeps for itself: " + String.join(", ", RESERVED),
                        "Choose another range, such as "
                                + (path.equals("network.cidr") ? "10.0.0.0/16" : "172.20.0.0/16") + ".")));
    }

    /** Whether a subnet of the backend's network is that of the nodes. */
    public static boolean isOurs(JsonNode subnet) {
        return subnet.path("name").asText().equals(VirtualNetwork.NODES);
    }

    private static boolean isId(String text, String type) {
        return text.startsWith("/subscriptions/") && text.contains("/" + type + "/");
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>(checkSubnet(spec, inventory));
        PrivateZone.check(spec, inventory).ifPresent(violations::add);
        return violations;
    }

    private static List<Violation> checkSubnet(BackendSpec spec, Inventory inventory) {
        if (spec.network().existingId().isEmpty()) {
            return List.of();
        }
        String subnet = spec.network().existingSubnetIds().get(0);
        var found = NodeSubnet.find(inventory, subnet);
        if (found.isEmpty()) {
            return List.of(new Violation(
                    "network.existing.subnets[0]",
                    Optional.of("NW-1"),
                    subnet,
                    "a subnet of the network that network.existing.id names",
                    "Correct the id, or create the subnet."));
        }
        List<Violation> violations = new ArrayList<>();
        if (NodeSubnet.egressOf(found.get()).isEmpty()) {
            violations.add(new Violation(
                    "network.existing.subnets[0]",
                    Optional.of("NW-2"),
                    subnet,
                    "a subnet with a NAT gateway, or with a route table that leads out",
                    "Attach a NAT gateway to the subnet: nodes need a way to the internet."));
        }
        NodeSubnet.delegatedTo(found.get())
                .ifPresent(service -> violations.add(new Violation(
                        "network.existing.subnets[0]",
                        Optional.of("NW-1"),
                        subnet + ", which is delegated to " + service,
                        "a subnet that is delegated to no service: AKS puts no nodes into others",
                        "Name another subnet, or end the delegation.")));
        inventory.find(VirtualNetwork.ID, ArmObject.class).ifPresent(network -> violations.addAll(fit(spec, network)));
        return violations;
    }

    /** AKS takes a network of its own region, and ranges for services that no subnet of the network has. */
    private static List<Violation> fit(BackendSpec spec, ArmObject network) {
        List<Violation> violations = new ArrayList<>();
        String region = network.text("/location").replace(" ", "").toLowerCase(Locale.ROOT);
        if (!region.equals(spec.region())) {
            violations.add(new Violation(
                    "network.existing.id",
                    Optional.of("NW-1"),
                    spec.network().existingId().orElse("") + ", which is in " + region,
                    "a network in " + spec.region() + ", the region of the backend",
                    "Name a network of that region."));
        }
        NodeSubnet.ranges(network).stream()
                .filter(range -> NodeSubnet.meets(range, spec.network().serviceCidr()))
                .findFirst()
                .ifPresent(range -> violations.add(new Violation(
                        "network.serviceCidr",
                        Optional.of("NW-1"),
                        spec.network().serviceCidr() + ", which overlaps " + range + " of a subnet of the network",
                        "a range that no subnet of the network has",
                        "Choose another network.serviceCidr" + freeOf(network) + ".")));
        return violations;
    }

    private static String freeOf(ArmObject network) {
        List<String> taken = NodeSubnet.ranges(network);
        return SERVICE_RANGES.stream()
                .filter(range -> taken.stream().noneMatch(other -> NodeSubnet.meets(range, other)))
                .findFirst()
                .map(range -> ", such as " + range)
                .orElse("");
    }

    @Override
    public List<String> warnings(AzureContext context, Optional<BackendSpec> spec, Inventory inventory) {
        return spec.map(NetworkConcern::warnings).orElse(List.of());
    }

    private static List<String> warnings(BackendSpec spec) {
        return spec.network().existingId().isEmpty() && spec.network().egress() == Network.Egress.NAT_PER_ZONE
                ? List.of("network.egress: in Azure a subnet has one NAT gateway, in one zone that Azure picks, so"
                        + " nat-per-zone makes one for all zones; when its zone fails, no node reaches the internet")
                : List.of();
    }

    @Override
    public List<Resource<?>> wanted(AzureContext context, BackendSpec spec, Inventory inventory) {
        return spec.network().existingId().isPresent()
                ? List.of()
                : List.of(new PublicIp(context), new NatGateway(context), new VirtualNetwork(context, spec));
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext context, ResourceId id, Object observed) {
        if (id.equals(VirtualNetwork.ID)) {
            return Optional.of(VirtualNetwork.standing(context));
        }
        if (id.equals(NatGateway.ID)) {
            return Optional.of(new NatGateway(context));
        }
        return id.equals(PublicIp.ID) ? Optional.of(new PublicIp(context)) : Optional.empty();
    }
}
