// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsQuotas;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.*;

/** NAT gateways. They fail in a VPC without an internet gateway. */
final class NatGateways {
    private static final Duration CREATE = Duration.ofSeconds(110);
    private static final Duration DELETE = Duration.ofSeconds(50);
    /** How long a deleted gateway is still listed. */
    private static final Duration LISTED_AFTER_DELETION = Duration.ofHours(1);

    private final Ec2 ec2;
    private final Query<NatGateway> query;

    NatGateways(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<NatGateway>(ec2, "nat-gateway-id", NatGateway::natGatewayId)
                .attribute("vpc-id", NatGateway::vpcId)
                .attribute("subnet-id", NatGateway::subnetId)
                .attribute("state", NatGateway::stateAsString);
    }

    CreateNatGatewayResponse createNatGateway(CreateNatGatewayRequest r) {
        return ec2.account.once(r, r.clientToken(), () -> {
            Subnet subnet = ec2.subnets.get(r.subnetId());
            Optional<Address> address = Optional.ofNullable(r.allocationId()).map(ec2.addresses::get);
            check(r, subnet, address);
            var tags = ResourceTags.requested("natgateway", r.tagSpecifications());
            String id = ec2.account.newId("nat");
            ec2.tags.put(id, tags);
            NatGateway.Builder gateway = NatGateway.builder()
                    .natGatewayId(id)
                    .vpcId(subnet.vpcId())
                    .subnetId(r.subnetId())
                    .createTime(ec2.account.now())
                    .connectivityType(r.connectivityType() == null ? ConnectivityType.PUBLIC : r.connectivityType());
            if (address.isPresent() && ec2.internetGateways.any(g -> InternetGateways.isAttached(g, subnet.vpcId()))) {
                gateway.state(NatGatewayState.PENDING).natGatewayAddresses(associate(id, subnet, address.get()));
                ec2.account.after(
                        CREATE,
                        () -> ec2.natGateways.updateIfPresent(
                                id,
                                n -> n.state() == NatGatewayState.PENDING
                                        ? n.toBuilder()
                                                .state(NatGatewayState.AVAILABLE)
                                                .build()
                                        : n));
            } else {
                gateway.state(NatGatewayState.FAILED)
                        .failureCode("Gateway.NotAttached")
                        .failureMessage("Network " + subnet.vpcId() + " has no Internet gateway attached");
            }
            ec2.natGateways.put(id, gateway.build());
            return CreateNatGatewayResponse.builder()
                    .natGateway(described(ec2.natGateways.get(id)))
                    .clientToken(r.clientToken())
                    .build();
        });
    }

    private void check(CreateNatGatewayRequest r, Subnet subnet, Optional<Address> address) {
        if (address.isEmpty() && r.connectivityType() != ConnectivityType.PRIVATE) {
            throw Ec2Errors.of("MissingParameter", "The request must include the AllocationId parameter.");
        }
        if (address.filter(a -> a.associationId() != null).isPresent()) {
            throw Ec2Errors.of(
                    "InvalidParameterValue", "Elastic IP address [" + r.allocationId() + "] is already associated");
        }
        long inZone = ec2.natGateways
                .where(n -> n.state() != NatGatewayState.DELETED
                        && n.state() != NatGatewayState.FAILED
                        && ec2.subnets
                                .find(n.subnetId())
                                .filter(s -> s.availabilityZone().equals(subnet.availabilityZone()))
                                .isPresent())
                .count();
        if (inZone >= ec2.account.quota(AwsQuotas.NAT_GATEWAYS_PER_ZONE)) {
            throw Ec2Errors.of(
                    "NatGatewayLimitExceeded",
                    "Performing this operation would exceed the limit of NAT gateways in " + subnet.availabilityZone());
        }
    }

    private NatGatewayAddress associate(String gateway, Subnet subnet, Address address) {
        String association = ec2.account.newId("eipassoc");
        String eni = NetworkInterfaces.create(
                ec2,
                subnet,
                i -> i.interfaceType(NetworkInterfaceType.NAT_GATEWAY)
                        .description("Interface for NAT Gateway " + gateway)
                        .requesterManaged(true)
                        .status(NetworkInterfaceStatus.IN_USE)
                        .association(a -> a.allocationId(address.allocationId())
                                .associationId(association)
                                .publicIp(address.publicIp())));
        ec2.addresses.update(
                address.allocationId(),
                a -> a.toBuilder()
                        .associationId(association)
                        .networkInterfaceId(eni)
                        .build());
        return NatGatewayAddress.builder()
                .allocationId(address.allocationId())
                .associationId(association)
                .networkInterfaceId(eni)
                .publicIp(address.publicIp())
                .build();
    }

    DescribeNatGatewaysResponse describeNatGateways(DescribeNatGatewaysRequest r) {
        Page<NatGateway> page =
                query.page(ec2.natGateways, r.natGatewayIds(), r.filter(), r.maxResults(), r.nextToken());
        return DescribeNatGatewaysResponse.builder()
                .natGateways(page.items().stream().map(this::described).toList())
                .nextToken(page.next())
                .build();
    }

    DeleteNatGatewayResponse deleteNatGateway(DeleteNatGatewayRequest r) {
        String id = r.natGatewayId();
        NatGateway gateway = ec2.natGateways.get(id);
        if (gateway.state() != NatGatewayState.DELETED && gateway.state() != NatGatewayState.DELETING) {
            ec2.natGateways.update(
                    id, n -> n.toBuilder().state(NatGatewayState.DELETING).build());
            ec2.account.after(DELETE, () -> deleted(id));
        }
        return DeleteNatGatewayResponse.builder().natGatewayId(id).build();
    }

    private void deleted(String id) {
        for (NatGatewayAddress used : ec2.natGateways.get(id).natGatewayAddresses()) {
            ec2.networkInterfaces.remove(used.networkInterfaceId());
            ec2.addresses.updateIfPresent(
                    used.allocationId(),
                    a -> a.toBuilder()
                            .associationId(null)
                            .networkInterfaceId(null)
                            .build());
        }
        ec2.natGateways.update(
                id,
                n -> n.toBuilder()
                        .state(NatGatewayState.DELETED)
                        .deleteTime(ec2.account.now())
                        .build());
        ec2.account.after(LISTED_AFTER_DELETION, () -> {
            ec2.natGateways.remove(id);
            ec2.tags.remove(id);
        });
    }

    private NatGateway described(NatGateway gateway) {
        return gateway.toBuilder().tags(ec2.tags.of(gateway.natGatewayId())).build();
    }
}
