// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.*;

/** Internet gateways, Elastic IPs and NAT gateways. */
final class Ec2Gateways {
    private final AwsRegion region;
    private final Ec2Query<InternetGateway> internetGatewayQuery;
    private final Ec2Query<Address> addressQuery;
    private final Ec2Query<NatGateway> natGatewayQuery;

    Ec2Gateways(AwsRegion region) {
        this.region = region;
        this.internetGatewayQuery = new Ec2Query<InternetGateway>(
                        region, "internet-gateway-id", InternetGateway::internetGatewayId)
                .attributes(
                        "attachment.vpc-id",
                        g -> g.attachments().stream()
                                .map(InternetGatewayAttachment::vpcId)
                                .toList())
                .attributes(
                        "attachment.state",
                        g -> g.attachments().stream()
                                .map(InternetGatewayAttachment::stateAsString)
                                .toList());
        this.addressQuery = new Ec2Query<Address>(region, "allocation-id", Address::allocationId)
                .attribute("association-id", Address::associationId)
                .attribute("public-ip", Address::publicIp)
                .attribute("domain", Address::domainAsString);
        this.natGatewayQuery = new Ec2Query<NatGateway>(region, "nat-gateway-id", NatGateway::natGatewayId)
                .attribute("vpc-id", NatGateway::vpcId)
                .attribute("subnet-id", NatGateway::subnetId)
                .attribute("state", NatGateway::stateAsString);
    }

    CreateInternetGatewayResponse createInternetGateway(CreateInternetGatewayRequest r) {
        if (region.internetGateways.size() >= region.account.quota(AwsQuotas.INTERNET_GATEWAYS)) {
            throw AwsErrors.ec2(
                    "InternetGatewayLimitExceeded", "The maximum number of internet gateways has been reached.");
        }
        var tags = region.tagsFor("internet-gateway", r.tagSpecifications());
        String id = region.account.newId("igw");
        region.tag(id, tags);
        InternetGateway gateway = region.internetGateways.put(
                id,
                InternetGateway.builder()
                        .internetGatewayId(id)
                        .ownerId(region.account.id())
                        .build());
        return CreateInternetGatewayResponse.builder()
                .internetGateway(shown(gateway))
                .build();
    }

    AttachInternetGatewayResponse attachInternetGateway(AttachInternetGatewayRequest r) {
        InternetGateway gateway = region.internetGateways.get(r.internetGatewayId());
        region.vpcs.get(r.vpcId());
        if (!gateway.attachments().isEmpty()) {
            throw AwsErrors.ec2(
                    "Resource.AlreadyAssociated",
                    "resource " + r.internetGatewayId() + " is already attached to network "
                            + gateway.attachments().get(0).vpcId());
        }
        if (region.internetGateways.any(g -> isAttached(g, r.vpcId()))) {
            throw AwsErrors.ec2(
                    "InvalidParameterValue", "Network " + r.vpcId() + " already has an internet gateway attached");
        }
        region.internetGateways.update(
                r.internetGatewayId(),
                g -> g.toBuilder()
                        .attachments(InternetGatewayAttachment.builder()
                                .vpcId(r.vpcId())
                                .state("available")
                                .build())
                        .build());
        return AttachInternetGatewayResponse.builder().build();
    }

    DetachInternetGatewayResponse detachInternetGateway(DetachInternetGatewayRequest r) {
        InternetGateway gateway = region.internetGateways.get(r.internetGatewayId());
        region.vpcs.get(r.vpcId());
        if (!isAttached(gateway, r.vpcId())) {
            throw AwsErrors.ec2(
                    "Gateway.NotAttached",
                    "resource " + r.internetGatewayId() + " is not attached to network " + r.vpcId());
        }
        if (region.networkInterfaces.any(i -> i.vpcId().equals(r.vpcId())
                && i.association() != null
                && i.association().publicIp() != null)) {
            throw AwsErrors.ec2(
                    "DependencyViolation",
                    "Network " + r.vpcId()
                            + " has some mapped public address(es). Please unmap those public address(es)"
                            + " before detaching the gateway.");
        }
        region.internetGateways.update(
                r.internetGatewayId(), g -> g.toBuilder().attachments(List.of()).build());
        return DetachInternetGatewayResponse.builder().build();
    }

    DescribeInternetGatewaysResponse describeInternetGateways(DescribeInternetGatewaysRequest r) {
        Page<InternetGateway> page = internetGatewayQuery.page(
                region.internetGateways, r.internetGatewayIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeInternetGatewaysResponse.builder()
                .internetGateways(page.items().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    DeleteInternetGatewayResponse deleteInternetGateway(DeleteInternetGatewayRequest r) {
        if (!region.internetGateways.get(r.internetGatewayId()).attachments().isEmpty()) {
            throw AwsErrors.ec2(
                    "DependencyViolation",
                    "The internetGateway '" + r.internetGatewayId() + "' has dependencies and cannot be deleted.");
        }
        region.internetGateways.remove(r.internetGatewayId());
        region.ec2Tags.remove(r.internetGatewayId());
        return DeleteInternetGatewayResponse.builder().build();
    }

    AllocateAddressResponse allocateAddress(AllocateAddressRequest r) {
        if (region.addresses.size() >= region.account.quota(AwsQuotas.ADDRESSES)) {
            throw AwsErrors.ec2("AddressLimitExceeded", "The maximum number of addresses has been reached.");
        }
        var tags = region.tagsFor("elastic-ip", r.tagSpecifications());
        String id = region.account.newId("eipalloc");
        region.tag(id, tags);
        int number = Integer.parseInt(region.account.hex(4), 16);
        Address address = region.addresses.put(
                id,
                Address.builder()
                        .allocationId(id)
                        .domain(DomainType.VPC)
                        .publicIp("198.51." + number / 256 + "." + number % 256)
                        .publicIpv4Pool("amazon")
                        .networkBorderGroup(region.name)
                        .build());
        return AllocateAddressResponse.builder()
                .allocationId(id)
                .publicIp(address.publicIp())
                .domain(DomainType.VPC)
                .publicIpv4Pool("amazon")
                .networkBorderGroup(region.name)
                .build();
    }

    DescribeAddressesResponse describeAddresses(DescribeAddressesRequest r) {
        // DescribeAddresses does not page.
        List<Address> all = new java.util.ArrayList<>();
        String token = null;
        do {
            Page<Address> page = addressQuery.page(region.addresses, r.allocationIds(), r.filters(), null, token);
            all.addAll(page.items());
            token = page.next();
        } while (token != null);
        return DescribeAddressesResponse.builder()
                .addresses(all.stream()
                        .map(a -> a.toBuilder()
                                .tags(region.tags(a.allocationId()))
                                .build())
                        .toList())
                .build();
    }

    ReleaseAddressResponse releaseAddress(ReleaseAddressRequest r) {
        Address address = region.addresses.get(r.allocationId());
        if (address.associationId() != null) {
            throw AwsErrors.ec2("InvalidIPAddress.InUse", "Address " + address.publicIp() + " is in use.");
        }
        region.addresses.remove(r.allocationId());
        region.ec2Tags.remove(r.allocationId());
        return ReleaseAddressResponse.builder().build();
    }

    CreateNatGatewayResponse createNatGateway(CreateNatGatewayRequest r) {
        return region.account.once("CreateNatGateway", r.clientToken(), () -> {
            Subnet subnet = region.subnets.get(r.subnetId());
            Address address = r.allocationId() == null ? null : region.addresses.get(r.allocationId());
            if (address == null && r.connectivityType() != ConnectivityType.PRIVATE) {
                throw AwsErrors.ec2("MissingParameter", "The request must include the AllocationId parameter.");
            }
            if (address != null && address.associationId() != null) {
                throw AwsErrors.ec2(
                        "InvalidParameterValue", "Elastic IP address [" + r.allocationId() + "] is already associated");
            }
            long inZone = region.natGateways
                    .where(n -> n.state() != NatGatewayState.DELETED
                            && n.state() != NatGatewayState.FAILED
                            && region.subnets
                                    .find(n.subnetId())
                                    .filter(s -> s.availabilityZone().equals(subnet.availabilityZone()))
                                    .isPresent())
                    .count();
            if (inZone >= region.account.quota(AwsQuotas.NAT_GATEWAYS_PER_ZONE)) {
                throw AwsErrors.ec2(
                        "NatGatewayLimitExceeded",
                        "Performing this operation would exceed the limit of NAT gateways in "
                                + subnet.availabilityZone());
            }
            var tags = region.tagsFor("natgateway", r.tagSpecifications());
            String id = region.account.newId("nat");
            region.tag(id, tags);
            NatGateway.Builder gateway = NatGateway.builder()
                    .natGatewayId(id)
                    .vpcId(subnet.vpcId())
                    .subnetId(r.subnetId())
                    .createTime(region.account.now())
                    .connectivityType(r.connectivityType() == null ? ConnectivityType.PUBLIC : r.connectivityType());
            if (region.internetGateways.any(g -> isAttached(g, subnet.vpcId())) && address != null) {
                String association = region.account.newId("eipassoc");
                String eni = Ec2NetworkInterfaces.create(
                        region,
                        subnet,
                        i -> i.interfaceType(NetworkInterfaceType.NAT_GATEWAY)
                                .description("Interface for NAT Gateway " + id)
                                .requesterManaged(true)
                                .status(NetworkInterfaceStatus.IN_USE)
                                .association(a -> a.allocationId(address.allocationId())
                                        .associationId(association)
                                        .publicIp(address.publicIp())));
                region.addresses.update(
                        address.allocationId(),
                        a -> a.toBuilder()
                                .associationId(association)
                                .networkInterfaceId(eni)
                                .build());
                gateway.state(NatGatewayState.PENDING)
                        .natGatewayAddresses(NatGatewayAddress.builder()
                                .allocationId(address.allocationId())
                                .associationId(association)
                                .networkInterfaceId(eni)
                                .publicIp(address.publicIp())
                                .build());
                region.account.after(
                        Durations.NAT_GATEWAY_CREATE,
                        () -> region.natGateways.updateIfPresent(
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
            region.natGateways.put(id, gateway.build());
            return CreateNatGatewayResponse.builder()
                    .natGateway(shown(region.natGateways.get(id)))
                    .clientToken(r.clientToken())
                    .build();
        });
    }

    DescribeNatGatewaysResponse describeNatGateways(DescribeNatGatewaysRequest r) {
        Page<NatGateway> page =
                natGatewayQuery.page(region.natGateways, r.natGatewayIds(), r.filter(), r.maxResults(), r.nextToken());
        return DescribeNatGatewaysResponse.builder()
                .natGateways(page.items().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    DeleteNatGatewayResponse deleteNatGateway(DeleteNatGatewayRequest r) {
        String id = r.natGatewayId();
        NatGateway gateway = region.natGateways.get(id);
        if (gateway.state() != NatGatewayState.DELETED && gateway.state() != NatGatewayState.DELETING) {
            region.natGateways.update(
                    id, n -> n.toBuilder().state(NatGatewayState.DELETING).build());
            region.account.after(Durations.NAT_GATEWAY_DELETE, () -> deleted(id));
        }
        return DeleteNatGatewayResponse.builder().natGatewayId(id).build();
    }

    private void deleted(String id) {
        for (NatGatewayAddress used : region.natGateways.get(id).natGatewayAddresses()) {
            region.networkInterfaces.remove(used.networkInterfaceId());
            region.addresses.updateIfPresent(
                    used.allocationId(),
                    a -> a.toBuilder()
                            .associationId(null)
                            .networkInterfaceId(null)
                            .build());
        }
        region.natGateways.update(
                id,
                n -> n.toBuilder()
                        .state(NatGatewayState.DELETED)
                        .deleteTime(region.account.now())
                        .build());
        region.account.after(Durations.NAT_GATEWAY_MEMORY, () -> {
            region.natGateways.remove(id);
            region.ec2Tags.remove(id);
        });
    }

    private static boolean isAttached(InternetGateway gateway, String vpcId) {
        return gateway.attachments().stream().anyMatch(a -> a.vpcId().equals(vpcId));
    }

    private InternetGateway shown(InternetGateway gateway) {
        return gateway.toBuilder()
                .tags(region.tags(gateway.internetGatewayId()))
                .build();
    }

    private NatGateway shown(NatGateway gateway) {
        return gateway.toBuilder().tags(region.tags(gateway.natGatewayId())).build();
    }
}
