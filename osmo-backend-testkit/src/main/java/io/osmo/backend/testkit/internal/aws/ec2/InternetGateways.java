// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsQuotas;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.*;

/** Internet gateways and what they are attached to. */
final class InternetGateways {
    private final Ec2 ec2;
    private final Query<InternetGateway> query;

    InternetGateways(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<InternetGateway>(ec2, "internet-gateway-id", InternetGateway::internetGatewayId)
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
    }

    CreateInternetGatewayResponse createInternetGateway(CreateInternetGatewayRequest r) {
        if (ec2.internetGateways.size() >= ec2.account.quota(AwsQuotas.INTERNET_GATEWAYS)) {
            throw Ec2Errors.of(
                    "InternetGatewayLimitExceeded", "The maximum number of internet gateways has been reached.");
        }
        var tags = ResourceTags.requested("internet-gateway", r.tagSpecifications());
        String id = ec2.account.newId("igw");
        ec2.tags.put(id, tags);
        InternetGateway gateway = ec2.internetGateways.put(
                id,
                InternetGateway.builder()
                        .internetGatewayId(id)
                        .ownerId(ec2.account.id())
                        .build());
        return CreateInternetGatewayResponse.builder()
                .internetGateway(described(gateway))
                .build();
    }

    AttachInternetGatewayResponse attachInternetGateway(AttachInternetGatewayRequest r) {
        InternetGateway gateway = ec2.internetGateways.get(r.internetGatewayId());
        ec2.vpcs.get(r.vpcId());
        if (!gateway.attachments().isEmpty()) {
            throw Ec2Errors.of(
                    "Resource.AlreadyAssociated",
                    "resource " + r.internetGatewayId() + " is already attached to network "
                            + gateway.attachments().get(0).vpcId());
        }
        if (ec2.internetGateways.any(g -> isAttached(g, r.vpcId()))) {
            throw Ec2Errors.of(
                    "InvalidParameterValue", "Network " + r.vpcId() + " already has an internet gateway attached");
        }
        ec2.internetGateways.update(
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
        InternetGateway gateway = ec2.internetGateways.get(r.internetGatewayId());
        ec2.vpcs.get(r.vpcId());
        if (!isAttached(gateway, r.vpcId())) {
            throw Ec2Errors.of(
                    "Gateway.NotAttached",
                    "resource " + r.internetGatewayId() + " is not attached to network " + r.vpcId());
        }
        if (ec2.networkInterfaces.any(i -> i.vpcId().equals(r.vpcId())
                && i.association() != null
                && i.association().publicIp() != null)) {
            throw Ec2Errors.of(
                    "DependencyViolation",
                    "Network " + r.vpcId()
                            + " has some mapped public address(es). Please unmap those public address(es)"
                            + " before detaching the gateway.");
        }
        ec2.internetGateways.update(
                r.internetGatewayId(), g -> g.toBuilder().attachments(List.of()).build());
        return DetachInternetGatewayResponse.builder().build();
    }

    DescribeInternetGatewaysResponse describeInternetGateways(DescribeInternetGatewaysRequest r) {
        Page<InternetGateway> page =
                query.page(ec2.internetGateways, r.internetGatewayIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeInternetGatewaysResponse.builder()
                .internetGateways(page.items().stream().map(this::described).toList())
                .nextToken(page.next())
                .build();
    }

    DeleteInternetGatewayResponse deleteInternetGateway(DeleteInternetGatewayRequest r) {
        if (!ec2.internetGateways.get(r.internetGatewayId()).attachments().isEmpty()) {
            throw Ec2Errors.of(
                    "DependencyViolation",
                    "The internetGateway '" + r.internetGatewayId() + "' has dependencies and cannot be deleted.");
        }
        ec2.internetGateways.remove(r.internetGatewayId());
        ec2.tags.remove(r.internetGatewayId());
        return DeleteInternetGatewayResponse.builder().build();
    }

    static boolean isAttached(InternetGateway gateway, String vpcId) {
        return gateway.attachments().stream().anyMatch(a -> a.vpcId().equals(vpcId));
    }

    private InternetGateway described(InternetGateway gateway) {
        return gateway.toBuilder()
                .tags(ec2.tags.of(gateway.internetGatewayId()))
                .build();
    }
}
