// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
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
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** The network of a backend. */
public final class NetworkConcern implements Concern<AwsContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        if (spec.flatMap(wanted -> wanted.network().existingId()).isPresent()) {
            return List.of();
        }
        boolean endpoints = spec.isEmpty() || spec.get().network().privateServiceEndpoints();
        return List.of(
                VpcNetwork.NEEDS,
                VpcSubnet.NEEDS,
                VpcInternetGateway.NEEDS,
                ElasticIp.NEEDS,
                VpcNatGateway.NEEDS,
                VpcRouteTable.NEEDS,
                VpcRoute.NEEDS,
                SubnetAssociation.NEEDS,
                ServiceEndpoint.NEEDS,
                endpoints ? EndpointGroup.NEEDS : EndpointGroup.NEEDS.removal(),
                endpoints ? ServiceEndpoint.PRIVATE : Needs.NONE);
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return NetworkRules.validate(spec);
    }

    @Override
    public List<Reader<AwsContext>> readers() {
        return List.of(
                VpcReader.INSTANCE,
                SubnetReader.INSTANCE,
                GatewayReader.INSTANCE,
                EndpointServicesReader.INSTANCE,
                LostPartsReader.INSTANCE);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return NetworkRules.check(spec, inventory);
    }

    @Override
    public List<Resource<?>> wanted(AwsContext context, BackendSpec spec, Inventory inventory) {
        NetworkLayout layout = NetworkLayout.of(spec, inventory);
        if (layout.existing()) {
            return List.of();
        }
        Network network = spec.network();
        List<String> zones = layout.zones();
        List<Resource<?>> graph = new ArrayList<>();
        String cidr = network.cidr().orElseThrow();
        graph.add(new VpcNetwork(context, cidr));
        graph.add(new VpcInternetGateway(context));
        graph.add(new VpcRouteTable(context, VpcRouteTable.PUBLIC));
        graph.add(new VpcRoute(context, VpcRouteTable.PUBLIC, VpcInternetGateway.ID));
        for (String zone : zones) {
            String natZone = network.egress() == Network.Egress.NAT_PER_ZONE ? zone : zones.get(0);
            graph.add(new VpcSubnet(context, true, zone, layout, cidr));
            graph.add(new VpcSubnet(context, false, zone, layout, cidr));
            if (natZone.equals(zone)) {
                graph.add(new ElasticIp(context, zone));
                graph.add(new VpcNatGateway(context, zone));
            }
            graph.add(new VpcRouteTable(context, VpcRouteTable.privateName(zone)));
            graph.add(new VpcRoute(context, VpcRouteTable.privateName(zone), VpcNatGateway.id(natZone)));
            graph.add(new SubnetAssociation(context, VpcSubnet.id(true, zone)));
            graph.add(new SubnetAssociation(context, VpcSubnet.id(false, zone)));
        }
        List<ResourceId> tables = zones.stream()
                .map(zone -> VpcRouteTable.id(VpcRouteTable.privateName(zone)))
                .toList();
        EndpointServices.name(context.region(), ServiceEndpoint.S3, true, inventory)
                .ifPresent(name -> graph.add(ServiceEndpoint.gateway(context, name, tables)));
        if (network.privateServiceEndpoints()) {
            graph.add(new EndpointGroup(context, cidr));
            for (String service : ServiceEndpoint.INTERFACES) {
                EndpointServices.name(context.region(), service, false, inventory)
                        .ifPresent(name ->
                                graph.add(ServiceEndpoint.endpoint(context, service, name, layout.nodeSubnets())));
            }
        }
        return graph;
    }

    /** Nodes reach what has no private endpoint through the NAT gateways. */
    @Override
    public List<String> warnings(AwsContext context, Optional<BackendSpec> spec, Inventory inventory) {
        if (spec.filter(wanted -> wanted.network().privateServiceEndpoints()).isEmpty()) {
            return List.of();
        }
        return ServiceEndpoint.INTERFACES.stream()
                .filter(service -> EndpointServices.name(context.region(), service, false, inventory)
                        .isEmpty())
                .map(service -> context.region() + " offers no private endpoint of " + service
                        + ", so nodes reach it through the NAT gateways.")
                .toList();
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext context, ResourceId id, Object observed) {
        return Optional.ofNullable(
                switch (id.kind()) {
                    case "vpc" -> VpcNetwork.owned(context, id, (ObservedVpc) observed);
                    case VpcSubnet.KIND -> VpcSubnet.owned(context, id, (Subnet) observed);
                    case "internet-gateway" -> VpcInternetGateway.owned(context, id, (InternetGateway) observed);
                    case ElasticIp.KIND -> ElasticIp.owned(context, id, (Address) observed);
                    case VpcNatGateway.KIND -> VpcNatGateway.owned(context, id, (NatGateway) observed);
                    case VpcRouteTable.KIND -> VpcRouteTable.owned(context, id, (RouteTable) observed);
                    case VpcRoute.KIND -> VpcRoute.owned(context, id);
                    case SubnetAssociation.KIND -> SubnetAssociation.owned(context, id);
                    case ServiceEndpoint.KIND -> ServiceEndpoint.owned(context, id, (VpcEndpoint) observed);
                    case Ec2SecurityGroup.KIND -> EndpointGroup.owned(context, id, (SecurityGroup) observed);
                    default -> null;
                });
    }

    /** Endpoints are deleted before the route tables and subnets that they use. */
    @Override
    public List<Deletable<?>> arrange(AwsContext context, Inventory inventory, List<Deletable<?>> owned) {
        List<ResourceId> places = owned.stream()
                .map(Deletable::id)
                .filter(id -> Set.of(VpcRouteTable.KIND, VpcSubnet.KIND).contains(id.kind()))
                .toList();
        return owned.stream()
                .<Deletable<?>>map(each -> each instanceof ServiceEndpoint endpoint ? endpoint.in(places) : each)
                .toList();
    }
}
