// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Finds what is in the place of a missing part of our VPC, without our tags: an internet gateway, a NAT gateway with our address, the
 * address of our NAT gateway, the route table of our subnet, a private endpoint or a security group. EC2 allows no second one, or a second
 * one would take over the traffic and the first one would be left behind, so such an object counts as foreign, which a plan refuses. Each
 * kind costs a call only if a part of that kind is missing.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html">VPC: quotas</a>
 */
final class LostPartsReader implements Reader<AwsContext> {
    static final Reader<AwsContext> INSTANCE = new LostPartsReader();

    private static final String VPC_ID = "vpc-id";

    private LostPartsReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(
                "ec2:DescribeAddresses",
                "ec2:DescribeInternetGateways",
                "ec2:DescribeNatGateways",
                "ec2:DescribeRouteTables",
                "ec2:DescribeVpcEndpoints",
                "ec2:DescribeSecurityGroups");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        Optional<BackendSpec> spec = observation
                .spec()
                .filter(wanted -> wanted.network().existingId().isEmpty());
        if (spec.isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return observation
                .of(VpcReader.INSTANCE)
                .thenCombine(observation.of(SubnetReader.INSTANCE), Reading::and)
                .thenCombine(observation.of(GatewayReader.INSTANCE), Reading::and)
                .thenCompose(ours -> Optional.ofNullable(ours.observed().get(VpcNetwork.ID))
                        .map(vpc -> new Parts(
                                observation.context(), spec.get(), ours.observed(), ((ObservedVpc) vpc.value()).id()))
                        .map(Parts::lost)
                        .orElseGet(() -> CompletableFuture.completedFuture(Reading.empty())));
    }

    /** @param ours what carries our tags */
    private record Parts(AwsContext context, BackendSpec spec, Map<ResourceId, Observed<?>> ours, String vpc) {
        CompletableFuture<Reading> lost() {
            List<CompletableFuture<Reading>> lost = new ArrayList<>();
            if (!ours.containsKey(VpcInternetGateway.ID)) {
                lost.add(find(
                        VpcInternetGateway.GATEWAYS,
                        "attachment.vpc-id",
                        gateways ->
                                gateways.stream().limit(1).map(gateway -> Map.entry(VpcInternetGateway.ID, gateway))));
            }
            Map<String, ResourceId> addresses = addressesOfMissingGateways();
            if (!addresses.isEmpty()) {
                lost.add(find(
                        VpcNatGateway.GATEWAYS,
                        VPC_ID,
                        gateways -> gateways.stream()
                                .flatMap(gateway ->
                                        addresses(gateway).flatMap(address -> place(addresses, address, gateway)))));
            }
            Map<String, ResourceId> gatewaysOfMissing = gatewaysOfMissingAddresses();
            if (!gatewaysOfMissing.isEmpty()) {
                lost.add(find(
                        ElasticIp.ADDRESSES,
                        "allocation-id",
                        gatewaysOfMissing.keySet(),
                        addressesInUse -> addressesInUse.stream()
                                .flatMap(address -> place(gatewaysOfMissing, address.allocationId(), address))));
            }
            Map<String, ResourceId> subnets = subnetsOfMissingTables();
            if (!subnets.isEmpty()) {
                lost.add(find(
                        VpcRouteTable.TABLES,
                        "association.subnet-id",
                        subnets.keySet(),
                        tables -> tables.stream()
                                .flatMap(table -> table.associations().stream()
                                        .filter(each -> each.subnetId() != null && SubnetAssociation.exists(each))
                                        .flatMap(each -> place(subnets, each.subnetId(), table)))));
            }
            Set<String> services = missingEndpoints();
            if (!services.isEmpty()) {
                lost.add(find(
                        ServiceEndpoint.ENDPOINTS,
                        VPC_ID,
                        endpoints -> endpoints.stream()
                                .flatMap(endpoint -> services.stream()
                                        .filter(service ->
                                                ServiceEndpoint.inTheWay(endpoint, service, context.region(), tables()))
                                        .map(service -> Map.entry(ServiceEndpoint.id(service), endpoint)))));
            }
            if (spec.network().privateServiceEndpoints() && !ours.containsKey(EndpointGroup.ID)) {
                lost.add(find(
                        Ec2SecurityGroup.GROUPS,
                        VPC_ID,
                        groups -> groups.stream()
                                .filter(group -> group.groupName().equals(EndpointGroup.name(context)))
                                .map(group -> Map.entry(EndpointGroup.ID, group))));
            }
            return Reading.all(lost);
        }

        private <O> CompletableFuture<Reading> find(Ec2Kind<O> kind, String filter, Places<O> places) {
            return find(kind, filter, Set.of(vpc), places);
        }

        /** Somebody may have put the tags back since the other readers looked. */
        private <O> CompletableFuture<Reading> find(
                Ec2Kind<O> kind, String filter, Set<String> values, Places<O> places) {
            return context.scheduler()
                    .call(() -> kind.list(
                            context,
                            List.of(Ec2Kind.filter(
                                    filter, values.stream().sorted().toArray(String[]::new)))))
                    .thenApply(found -> {
                        Map<ResourceId, Observed<?>> observed = new HashMap<>();
                        places.of(found)
                                .forEach(place -> observed.put(
                                        place.getKey(), kind.observed(context, place.getKey(), place.getValue())));
                        return Reading.observed(observed);
                    });
        }

        private static <O> Stream<Map.Entry<ResourceId, O>> place(
                Map<String, ResourceId> missing, String id, O object) {
            return Optional.ofNullable(missing.get(id)).map(resource -> Map.entry(resource, object)).stream();
        }

        /** By the id of an address that our gateway uses, though it is not known as ours. */
        private Map<String, ResourceId> gatewaysOfMissingAddresses() {
            Map<String, ResourceId> missing = new HashMap<>();
            ours.forEach((id, observed) -> {
                ResourceId address = ElasticIp.id(id.name());
                if (observed.value() instanceof NatGateway gateway && !ours.containsKey(address)) {
                    addresses(gateway).filter(Objects::nonNull).forEach(used -> missing.put(used, address));
                }
            });
            return missing;
        }

        /** By the id of our subnet of which the route table is not known as ours. */
        private Map<String, ResourceId> subnetsOfMissingTables() {
            Map<String, ResourceId> missing = new HashMap<>();
            ours.forEach((id, observed) -> {
                if (observed.value() instanceof Subnet subnet && !ours.containsKey(SubnetAssociation.tableOf(id))) {
                    missing.put(subnet.subnetId(), SubnetAssociation.tableOf(id));
                }
            });
            return missing;
        }

        /** By the id of an address that is in use though its gateway is missing. */
        private Map<String, ResourceId> addressesOfMissingGateways() {
            Map<String, ResourceId> missing = new HashMap<>();
            ours.forEach((id, observed) -> {
                if (observed.value() instanceof Address address && address.associationId() != null) {
                    ResourceId gateway = VpcNatGateway.id(id.name());
                    if (!ours.containsKey(gateway)) {
                        missing.put(address.allocationId(), gateway);
                    }
                }
            });
            return missing;
        }

        private static Stream<String> addresses(NatGateway gateway) {
            boolean holds = gateway.state() == NatGatewayState.AVAILABLE || gateway.state() == NatGatewayState.PENDING;
            return holds
                    ? gateway.natGatewayAddresses().stream().map(address -> address.allocationId())
                    : Stream.empty();
        }

        private Set<String> missingEndpoints() {
            Set<String> services = new HashSet<>(Set.of(ServiceEndpoint.S3));
            if (spec.network().privateServiceEndpoints()) {
                services.addAll(ServiceEndpoint.INTERFACES);
            }
            services.removeIf(service -> ours.containsKey(ServiceEndpoint.id(service)));
            return services;
        }

        private Set<String> tables() {
            Set<String> tables = new HashSet<>();
            ours.values().forEach(observed -> {
                if (observed.value() instanceof RouteTable table) {
                    tables.add(table.routeTableId());
                }
            });
            return tables;
        }
    }

    /** Which missing parts the found objects are in the way of. */
    private interface Places<O> {
        Stream<Map.Entry<ResourceId, O>> of(List<O> found);
    }
}
