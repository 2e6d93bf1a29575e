// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.*;

/** VPC endpoints: gateway ones in route tables, interface ones in subnets. */
final class Ec2Endpoints {
    private final AwsRegion region;
    private final Ec2Query<VpcEndpoint> query;

    Ec2Endpoints(AwsRegion region) {
        this.region = region;
        this.query = new Ec2Query<VpcEndpoint>(region, "vpc-endpoint-id", VpcEndpoint::vpcEndpointId)
                .attribute("vpc-id", VpcEndpoint::vpcId)
                .attribute("service-name", VpcEndpoint::serviceName)
                .attribute("vpc-endpoint-type", VpcEndpoint::vpcEndpointTypeAsString)
                .attribute("vpc-endpoint-state", VpcEndpoint::stateAsString);
    }

    CreateVpcEndpointResponse createVpcEndpoint(CreateVpcEndpointRequest r) {
        return region.account.once("CreateVpcEndpoint", r.clientToken(), () -> create(r));
    }

    private CreateVpcEndpointResponse create(CreateVpcEndpointRequest r) {
        region.vpcs.get(r.vpcId());
        if (!r.serviceName().startsWith("com.amazonaws." + region.name + ".")) {
            throw AwsErrors.ec2(
                    "InvalidServiceName", "The Vpc Endpoint Service '" + r.serviceName() + "' does not exist");
        }
        VpcEndpointType type = r.vpcEndpointType() == null ? VpcEndpointType.GATEWAY : r.vpcEndpointType();
        r.routeTableIds().forEach(region.routeTables::get);
        List<Subnet> subnets = r.subnetIds().stream().map(region.subnets::get).toList();
        r.securityGroupIds().forEach(region.securityGroups::get);
        boolean privateDns = type == VpcEndpointType.INTERFACE && !Boolean.FALSE.equals(r.privateDnsEnabled());
        refuseConflicts(r, type, privateDns);
        var tags = region.tagsFor("vpc-endpoint", r.tagSpecifications());
        String id = region.account.newId("vpce");
        region.tag(id, tags);
        List<String> interfaces = new ArrayList<>();
        for (Subnet subnet : subnets) {
            interfaces.add(Ec2NetworkInterfaces.create(
                    region,
                    subnet,
                    i -> i.interfaceType(NetworkInterfaceType.VPC_ENDPOINT)
                            .description("VPC Endpoint Interface " + id)
                            .requesterManaged(true)
                            .status(NetworkInterfaceStatus.IN_USE)
                            .groups(r.securityGroupIds().stream()
                                    .map(g ->
                                            GroupIdentifier.builder().groupId(g).build())
                                    .toList())));
        }
        VpcEndpoint endpoint = region.endpoints.put(
                id,
                VpcEndpoint.builder()
                        .vpcEndpointId(id)
                        .vpcEndpointType(type)
                        .vpcId(r.vpcId())
                        .ownerId(region.account.id())
                        .serviceName(r.serviceName())
                        .policyDocument(r.policyDocument())
                        .routeTableIds(r.routeTableIds())
                        .subnetIds(r.subnetIds())
                        .groups(r.securityGroupIds().stream()
                                .map(g -> SecurityGroupIdentifier.builder()
                                        .groupId(g)
                                        .build())
                                .toList())
                        .networkInterfaceIds(interfaces)
                        .privateDnsEnabled(privateDns)
                        .creationTimestamp(region.account.now())
                        .state(type == VpcEndpointType.GATEWAY ? State.AVAILABLE : State.PENDING)
                        .build());
        region.account.after(
                Durations.ENDPOINT_CREATE,
                () -> region.endpoints.updateIfPresent(
                        id,
                        e -> e.state() == State.PENDING
                                ? e.toBuilder().state(State.AVAILABLE).build()
                                : e));
        return CreateVpcEndpointResponse.builder()
                .vpcEndpoint(shown(endpoint))
                .clientToken(r.clientToken())
                .build();
    }

    private void refuseConflicts(CreateVpcEndpointRequest r, VpcEndpointType type, boolean privateDns) {
        List<VpcEndpoint> same = region.endpoints
                .where(e -> e.vpcId().equals(r.vpcId()) && e.serviceName().equals(r.serviceName()))
                .toList();
        if (type == VpcEndpointType.GATEWAY) {
            r.routeTableIds().stream()
                    .filter(t -> same.stream().anyMatch(e -> e.routeTableIds().contains(t)))
                    .findFirst()
                    .ifPresent(t -> {
                        throw AwsErrors.ec2(
                                "RouteAlreadyExists",
                                "route table " + t + " already has a route to " + r.serviceName());
                    });
        }
        if (privateDns) {
            AwsRegion.VpcDns dns = region.vpcDns.getOrDefault(r.vpcId(), new AwsRegion.VpcDns(true, false));
            if (!dns.support() || !dns.hostnames()) {
                throw AwsErrors.ec2(
                        "InvalidParameter",
                        "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to"
                                + " true for " + r.vpcId());
            }
            if (same.stream().anyMatch(e -> Boolean.TRUE.equals(e.privateDnsEnabled()))) {
                throw AwsErrors.ec2(
                        "InvalidParameter",
                        "private-dns-enabled cannot be set because there is already a conflicting DNS domain for "
                                + r.serviceName() + " in the VPC " + r.vpcId());
            }
        }
    }

    DescribeVpcEndpointsResponse describeVpcEndpoints(DescribeVpcEndpointsRequest r) {
        Page<VpcEndpoint> page =
                query.page(region.endpoints, r.vpcEndpointIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeVpcEndpointsResponse.builder()
                .vpcEndpoints(page.items().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    ModifyVpcEndpointResponse modifyVpcEndpoint(ModifyVpcEndpointRequest r) {
        VpcEndpoint endpoint = region.endpoints.get(r.vpcEndpointId());
        r.addRouteTableIds().forEach(region.routeTables::get);
        List<String> tables = new ArrayList<>(endpoint.routeTableIds());
        tables.removeAll(r.removeRouteTableIds());
        r.addRouteTableIds().stream().filter(t -> !tables.contains(t)).forEach(tables::add);
        if (!r.addSubnetIds().isEmpty() || !r.removeSubnetIds().isEmpty()) {
            throw new UnsupportedOperationException("changing the subnets of an endpoint is not emulated");
        }
        region.endpoints.update(
                r.vpcEndpointId(), e -> e.toBuilder().routeTableIds(tables).build());
        return ModifyVpcEndpointResponse.builder().returnValue(true).build();
    }

    DeleteVpcEndpointsResponse deleteVpcEndpoints(DeleteVpcEndpointsRequest r) {
        List<UnsuccessfulItem> refused = new ArrayList<>();
        for (String id : r.vpcEndpointIds()) {
            if (!region.endpoints.has(id)) {
                refused.add(UnsuccessfulItem.builder()
                        .resourceId(id)
                        .error(e -> e.code("InvalidVpcEndpoint.NotFound")
                                .message("The Vpc Endpoint Id '" + id + "' does not exist"))
                        .build());
            } else if (region.endpoints.get(id).state() != State.DELETING) {
                region.endpoints.update(
                        id, e -> e.toBuilder().state(State.DELETING).build());
                region.account.after(Durations.ENDPOINT_DELETE, () -> {
                    region.endpoints.get(id).networkInterfaceIds().forEach(region.networkInterfaces::remove);
                    region.endpoints.remove(id);
                    region.ec2Tags.remove(id);
                });
            }
        }
        return DeleteVpcEndpointsResponse.builder().unsuccessful(refused).build();
    }

    private VpcEndpoint shown(VpcEndpoint endpoint) {
        return endpoint.toBuilder().tags(region.tags(endpoint.vpcEndpointId())).build();
    }
}
