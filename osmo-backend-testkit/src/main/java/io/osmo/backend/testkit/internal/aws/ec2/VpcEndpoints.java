// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.*;

/** VPC endpoints: gateway endpoints in route tables, interface endpoints in subnets. */
final class VpcEndpoints {
    private static final Duration CREATE = Duration.ofSeconds(110);
    private static final Duration DELETE = Duration.ofSeconds(60);

    private final Ec2 ec2;
    private final Query<VpcEndpoint> query;

    VpcEndpoints(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<VpcEndpoint>(ec2, "vpc-endpoint-id", VpcEndpoint::vpcEndpointId)
                .attribute("vpc-id", VpcEndpoint::vpcId)
                .attribute("service-name", VpcEndpoint::serviceName)
                .attribute("vpc-endpoint-type", VpcEndpoint::vpcEndpointTypeAsString)
                .attribute("vpc-endpoint-state", VpcEndpoint::stateAsString);
    }

    CreateVpcEndpointResponse createVpcEndpoint(CreateVpcEndpointRequest r) {
        return ec2.account.once(r, r.clientToken(), () -> create(r));
    }

    private CreateVpcEndpointResponse create(CreateVpcEndpointRequest r) {
        ec2.vpcs.get(r.vpcId());
        VpcEndpointType wanted = r.vpcEndpointType() == null ? VpcEndpointType.GATEWAY : r.vpcEndpointType();
        if (!EndpointServices.offers(ec2, r.serviceName(), wanted)) {
            throw Ec2Errors.of(
                    "InvalidServiceName", "The Vpc Endpoint Service '" + r.serviceName() + "' does not exist");
        }
        VpcEndpointType type = r.vpcEndpointType() == null ? VpcEndpointType.GATEWAY : r.vpcEndpointType();
        r.routeTableIds().forEach(ec2.routeTables::get);
        List<Subnet> subnets = r.subnetIds().stream().map(ec2.subnets::get).toList();
        r.securityGroupIds().forEach(ec2.securityGroups::get);
        boolean privateDns = type == VpcEndpointType.INTERFACE && !Boolean.FALSE.equals(r.privateDnsEnabled());
        refuseConflicts(r, type, privateDns);
        var tags = ResourceTags.requested("vpc-endpoint", r.tagSpecifications());
        String id = ec2.account.newId("vpce");
        ec2.tags.put(id, tags);
        VpcEndpoint endpoint = ec2.endpoints.put(
                id,
                VpcEndpoint.builder()
                        .vpcEndpointId(id)
                        .vpcEndpointType(type)
                        .vpcId(r.vpcId())
                        .ownerId(ec2.account.id())
                        .serviceName(r.serviceName())
                        .policyDocument(r.policyDocument())
                        .routeTableIds(r.routeTableIds())
                        .subnetIds(r.subnetIds())
                        .groups(r.securityGroupIds().stream()
                                .map(g -> SecurityGroupIdentifier.builder()
                                        .groupId(g)
                                        .build())
                                .toList())
                        .networkInterfaceIds(subnets.stream()
                                .map(subnet -> createInterface(id, subnet, r.securityGroupIds()))
                                .toList())
                        .privateDnsEnabled(privateDns)
                        .creationTimestamp(ec2.account.now())
                        .state(type == VpcEndpointType.GATEWAY ? State.AVAILABLE : State.PENDING)
                        .build());
        ec2.account.after(
                CREATE,
                () -> ec2.endpoints.updateIfPresent(
                        id,
                        e -> e.state() == State.PENDING
                                ? e.toBuilder().state(State.AVAILABLE).build()
                                : e));
        return CreateVpcEndpointResponse.builder()
                .vpcEndpoint(described(endpoint))
                .clientToken(r.clientToken())
                .build();
    }

    private String createInterface(String endpoint, Subnet subnet, List<String> securityGroups) {
        return NetworkInterfaces.create(
                ec2,
                subnet,
                i -> i.interfaceType(NetworkInterfaceType.VPC_ENDPOINT)
                        .description("VPC Endpoint Interface " + endpoint)
                        .requesterManaged(true)
                        .status(NetworkInterfaceStatus.IN_USE)
                        .groups(securityGroups.stream()
                                .map(g -> GroupIdentifier.builder().groupId(g).build())
                                .toList()));
    }

    private void refuseConflicts(CreateVpcEndpointRequest r, VpcEndpointType type, boolean privateDns) {
        List<VpcEndpoint> same = ec2.endpoints
                .where(e -> e.vpcId().equals(r.vpcId()) && e.serviceName().equals(r.serviceName()))
                .toList();
        if (type == VpcEndpointType.GATEWAY) {
            r.routeTableIds().stream()
                    .filter(t -> same.stream().anyMatch(e -> e.routeTableIds().contains(t)))
                    .findFirst()
                    .ifPresent(t -> {
                        throw Ec2Errors.of(
                                "RouteAlreadyExists",
                                "route table " + t + " already has a route to " + r.serviceName());
                    });
        }
        if (privateDns) {
            Ec2.VpcDns dns = ec2.vpcDns.getOrDefault(r.vpcId(), new Ec2.VpcDns(true, false));
            if (!dns.support() || !dns.hostnames()) {
                throw Ec2Errors.of(
                        "InvalidParameter",
                        "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to"
                                + " true for " + r.vpcId());
            }
            if (same.stream().anyMatch(e -> Boolean.TRUE.equals(e.privateDnsEnabled()))) {
                throw Ec2Errors.of(
                        "InvalidParameter",
                        "private-dns-enabled cannot be set because there is already a conflicting DNS domain for "
                                + r.serviceName() + " in the VPC " + r.vpcId());
            }
        }
    }

    DescribeVpcEndpointsResponse describeVpcEndpoints(DescribeVpcEndpointsRequest r) {
        Page<VpcEndpoint> page =
                query.page(ec2.endpoints, r.vpcEndpointIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeVpcEndpointsResponse.builder()
                .vpcEndpoints(page.items().stream().map(this::described).toList())
                .nextToken(page.next())
                .build();
    }

    ModifyVpcEndpointResponse modifyVpcEndpoint(ModifyVpcEndpointRequest r) {
        VpcEndpoint endpoint = ec2.endpoints.get(r.vpcEndpointId());
        r.addRouteTableIds().forEach(ec2.routeTables::get);
        List<String> tables = new ArrayList<>(endpoint.routeTableIds());
        tables.removeAll(r.removeRouteTableIds());
        r.addRouteTableIds().stream().filter(t -> !tables.contains(t)).forEach(tables::add);
        if (!r.addSubnetIds().isEmpty() || !r.removeSubnetIds().isEmpty()) {
            throw new UnsupportedOperationException("changing the subnets of an endpoint is not emulated");
        }
        ec2.endpoints.update(
                r.vpcEndpointId(), e -> e.toBuilder().routeTableIds(tables).build());
        return ModifyVpcEndpointResponse.builder().returnValue(true).build();
    }

    DeleteVpcEndpointsResponse deleteVpcEndpoints(DeleteVpcEndpointsRequest r) {
        List<UnsuccessfulItem> refused = new ArrayList<>();
        for (String id : r.vpcEndpointIds()) {
            if (!ec2.endpoints.has(id)) {
                refused.add(UnsuccessfulItem.builder()
                        .resourceId(id)
                        .error(e -> e.code("InvalidVpcEndpoint.NotFound")
                                .message("The Vpc Endpoint Id '" + id + "' does not exist"))
                        .build());
            } else if (ec2.endpoints.get(id).state() != State.DELETING) {
                ec2.endpoints.update(
                        id, e -> e.toBuilder().state(State.DELETING).build());
                ec2.account.after(DELETE, () -> {
                    ec2.endpoints.get(id).networkInterfaceIds().forEach(ec2.networkInterfaces::remove);
                    ec2.endpoints.remove(id);
                    ec2.tags.remove(id);
                });
            }
        }
        return DeleteVpcEndpointsResponse.builder().unsuccessful(refused).build();
    }

    private VpcEndpoint described(VpcEndpoint endpoint) {
        return endpoint.toBuilder().tags(ec2.tags.of(endpoint.vpcEndpointId())).build();
    }
}
