// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import inet.ipaddr.IPAddressString;
import io.osmo.backend.aws.internal.After;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Concern;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** The network of a backend. */
public final class NetworkConcern implements Concern {
    private static final Pattern VPC_ID = Pattern.compile("vpc-[0-9a-f]{8,17}");
    private static final Pattern SUBNET_ID = Pattern.compile("subnet-[0-9a-f]{8,17}");

    @Override
    public List<Violation> validate(BackendSpec spec) {
        Network network = spec.network();
        List<Violation> violations = new ArrayList<>();
        network.existingId()
                .filter(id -> !VPC_ID.matcher(id).matches())
                .ifPresent(id -> violations.add(violation(
                        "network.existing.id", id, "the id of a VPC", "Give an id such as vpc-0123456789abcdef0.")));
        for (int i = 0; i < network.existingSubnetIds().size(); i++) {
            String id = network.existingSubnetIds().get(i);
            if (!SUBNET_ID.matcher(id).matches()) {
                violations.add(violation(
                        "network.existing.subnets[" + i + "]",
                        id,
                        "the id of a subnet",
                        "Give an id such as subnet-0123456789abcdef0."));
            }
        }
        if (network.existingId().isEmpty()) {
            Integer prefix = new IPAddressString(network.cidr()).getNetworkPrefixLength();
            if (prefix != null && (prefix < NetworkLayout.LARGEST || prefix > NetworkLayout.SMALLEST)) {
                violations.add(violation(
                        "network.cidr",
                        network.cidr(),
                        "a range of /" + NetworkLayout.LARGEST + " to /" + NetworkLayout.SMALLEST,
                        "AWS takes no larger VPC, and a smaller one leaves too few addresses for pods."));
            }
            for (int i = 0; i < network.zones().size(); i++) {
                String zone = network.zones().get(i);
                // One letter more than the region: a local zone such as us-west-2-lax-1a takes no control plane.
                if (!zone.startsWith(spec.region())
                        || zone.length() != spec.region().length() + 1
                        || !NetworkLayout.hasPlace(zone)) {
                    violations.add(violation(
                            "network.zones[" + i + "]",
                            zone,
                            "an availability zone of " + spec.region() + ", " + spec.region() + "a to " + spec.region()
                                    + "g",
                            "Name a zone of the region, or leave the zones out."));
                }
            }
        }
        return violations;
    }

    static Violation violation(String path, String given, String allowed, String remedy) {
        return new Violation(path, Optional.of("NW-1"), given, allowed, remedy);
    }

    @Override
    public List<Reader> readers() {
        return List.of(new VpcReader(), new SubnetReader(), new GatewayReader());
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return spec.network().existingId().isPresent() ? ExistingNetworkCheck.check(spec, inventory) : List.of();
    }

    @Override
    public List<Resource<?>> wanted(AwsContext aws, BackendSpec spec, Inventory inventory) {
        NetworkLayout layout = NetworkLayout.of(spec, inventory);
        if (layout.existing()) {
            return List.of();
        }
        Network network = spec.network();
        List<String> zones = layout.zones();
        List<Resource<?>> graph = new ArrayList<>();
        graph.add(new VpcNetwork(aws, network.cidr()));
        graph.add(new VpcInternetGateway(aws));
        graph.add(new VpcRouteTable(aws, VpcRouteTable.PUBLIC));
        graph.add(new VpcRoute(aws, VpcRouteTable.PUBLIC, VpcInternetGateway.ID));
        for (String zone : zones) {
            String natZone = network.egress() == Network.Egress.NAT_PER_ZONE ? zone : zones.get(0);
            graph.add(new VpcSubnet(aws, true, zone, layout.publicCidr(zone)));
            graph.add(new VpcSubnet(aws, false, zone, layout.privateCidr(zone)));
            if (natZone.equals(zone)) {
                graph.add(new ElasticIp(aws, zone));
                graph.add(new VpcNatGateway(aws, zone));
            }
            graph.add(new VpcRouteTable(aws, VpcRouteTable.privateName(zone)));
            graph.add(new VpcRoute(aws, VpcRouteTable.privateName(zone), VpcNatGateway.id(natZone)));
            for (ResourceId subnet : List.of(VpcSubnet.id(true, zone), VpcSubnet.id(false, zone))) {
                graph.add(new SubnetAssociation(aws, subnet, SubnetAssociation.tableOf(subnet)));
            }
        }
        graph.add(ServiceEndpoint.gateway(
                aws,
                zones.stream()
                        .map(z -> VpcRouteTable.id(VpcRouteTable.privateName(z)))
                        .toList()));
        if (network.privateServiceEndpoints()) {
            graph.add(new EndpointGroup(aws, network.cidr()));
            ServiceEndpoint.INTERFACES.forEach(
                    service -> graph.add(ServiceEndpoint.endpoint(aws, service, layout.nodeSubnets())));
        }
        return graph;
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext aws, ResourceId id, Object observed) {
        return Optional.ofNullable(
                switch (id.kind()) {
                    case "vpc" -> VpcNetwork.owned(aws, id, (ObservedVpc) observed);
                    case VpcSubnet.KIND -> VpcSubnet.owned(aws, id, (Subnet) observed);
                    case "internet-gateway" -> VpcInternetGateway.owned(aws, id, (InternetGateway) observed);
                    case ElasticIp.KIND -> ElasticIp.owned(aws, id, (Address) observed);
                    case VpcNatGateway.KIND -> VpcNatGateway.owned(aws, id, (NatGateway) observed);
                    case VpcRouteTable.KIND -> VpcRouteTable.owned(aws, id, (RouteTable) observed);
                    case VpcRoute.KIND -> VpcRoute.owned(aws, id, (Route) observed);
                    case SubnetAssociation.KIND -> SubnetAssociation.owned(aws, id, (RouteTableAssociation) observed);
                    case ServiceEndpoint.KIND -> ServiceEndpoint.owned(aws, id, (VpcEndpoint) observed);
                    case "security-group" -> EndpointGroup.owned(aws, id, (SecurityGroup) observed);
                    default -> null;
                });
    }

    /** The same deletables, endpoints before what they lie in: EC2 takes their routes out of tables, their interfaces out of subnets. */
    public static List<Deletable<?>> endpointsFirst(List<Deletable<?>> owned) {
        Set<ResourceId> places = owned.stream()
                .map(Deletable::id)
                .filter(id -> Set.of(VpcRouteTable.KIND, VpcSubnet.KIND).contains(id.kind()))
                .collect(Collectors.toSet());
        List<Deletable<?>> ordered = new ArrayList<>();
        owned.forEach(deletable -> ordered.add(
                deletable.id().kind().equals(ServiceEndpoint.KIND) ? new After<>(deletable, places) : deletable));
        return ordered;
    }
}
