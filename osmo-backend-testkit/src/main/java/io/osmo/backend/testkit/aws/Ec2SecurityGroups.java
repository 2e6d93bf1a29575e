// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.*;

/** Security groups and their rules. */
final class Ec2SecurityGroups {
    private final AwsRegion region;
    private final Ec2Query<SecurityGroup> query;

    Ec2SecurityGroups(AwsRegion region) {
        this.region = region;
        this.query = new Ec2Query<SecurityGroup>(region, "group-id", SecurityGroup::groupId)
                .attribute("group-name", SecurityGroup::groupName)
                .attribute("vpc-id", SecurityGroup::vpcId)
                .attribute("description", SecurityGroup::description);
    }

    /** The group that comes with a VPC and goes with it. */
    static void createDefault(AwsRegion region, String vpcId) {
        create(region, vpcId, "default", "default VPC security group");
    }

    static String create(AwsRegion region, String vpcId, String name, String description) {
        String id = region.account.newId("sg");
        region.securityGroups.put(
                id,
                SecurityGroup.builder()
                        .groupId(id)
                        .groupName(name)
                        .description(description)
                        .vpcId(vpcId)
                        .ownerId(region.account.id())
                        .securityGroupArn(region.arn("ec2", "security-group/" + id))
                        .ipPermissionsEgress(IpPermission.builder()
                                .ipProtocol("-1")
                                .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                                .build())
                        .build());
        return id;
    }

    CreateSecurityGroupResponse createSecurityGroup(CreateSecurityGroupRequest r) {
        region.vpcs.get(r.vpcId());
        if (region.securityGroups.any(
                g -> g.vpcId().equals(r.vpcId()) && g.groupName().equals(r.groupName()))) {
            throw AwsErrors.ec2(
                    "InvalidGroup.Duplicate",
                    "The security group '" + r.groupName() + "' already exists for VPC '" + r.vpcId() + "'");
        }
        if (r.groupName().startsWith("sg-") || r.groupName().length() > 255) {
            throw AwsErrors.ec2("InvalidParameterValue", "Invalid group name " + r.groupName());
        }
        var tags = region.tagsFor("security-group", r.tagSpecifications());
        String id = create(region, r.vpcId(), r.groupName(), r.description());
        region.tag(id, tags);
        return CreateSecurityGroupResponse.builder()
                .groupId(id)
                .tags(region.tags(id))
                .build();
    }

    DescribeSecurityGroupsResponse describeSecurityGroups(DescribeSecurityGroupsRequest r) {
        Page<SecurityGroup> page =
                query.page(region.securityGroups, r.groupIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeSecurityGroupsResponse.builder()
                .securityGroups(page.items().stream()
                        .map(g -> g.toBuilder().tags(region.tags(g.groupId())).build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    AuthorizeSecurityGroupIngressResponse authorizeSecurityGroupIngress(AuthorizeSecurityGroupIngressRequest r) {
        List<IpPermission> rules = added(region.securityGroups.get(r.groupId()).ipPermissions(), r.ipPermissions());
        region.securityGroups.update(
                r.groupId(), g -> g.toBuilder().ipPermissions(rules).build());
        return AuthorizeSecurityGroupIngressResponse.builder().returnValue(true).build();
    }

    AuthorizeSecurityGroupEgressResponse authorizeSecurityGroupEgress(AuthorizeSecurityGroupEgressRequest r) {
        List<IpPermission> rules =
                added(region.securityGroups.get(r.groupId()).ipPermissionsEgress(), r.ipPermissions());
        region.securityGroups.update(
                r.groupId(), g -> g.toBuilder().ipPermissionsEgress(rules).build());
        return AuthorizeSecurityGroupEgressResponse.builder().returnValue(true).build();
    }

    RevokeSecurityGroupIngressResponse revokeSecurityGroupIngress(RevokeSecurityGroupIngressRequest r) {
        List<IpPermission> rules =
                removed(region.securityGroups.get(r.groupId()).ipPermissions(), r.ipPermissions());
        region.securityGroups.update(
                r.groupId(), g -> g.toBuilder().ipPermissions(rules).build());
        return RevokeSecurityGroupIngressResponse.builder().returnValue(true).build();
    }

    RevokeSecurityGroupEgressResponse revokeSecurityGroupEgress(RevokeSecurityGroupEgressRequest r) {
        List<IpPermission> rules =
                removed(region.securityGroups.get(r.groupId()).ipPermissionsEgress(), r.ipPermissions());
        region.securityGroups.update(
                r.groupId(), g -> g.toBuilder().ipPermissionsEgress(rules).build());
        return RevokeSecurityGroupEgressResponse.builder().returnValue(true).build();
    }

    private static List<IpPermission> added(List<IpPermission> standing, List<IpPermission> more) {
        List<IpPermission> rules = new ArrayList<>(standing);
        for (IpPermission rule : more) {
            if (rules.contains(rule)) {
                throw AwsErrors.ec2("InvalidPermission.Duplicate", "the specified rule already exists");
            }
            rules.add(rule);
        }
        return rules;
    }

    private static List<IpPermission> removed(List<IpPermission> standing, List<IpPermission> fewer) {
        List<IpPermission> rules = new ArrayList<>(standing);
        if (!rules.removeAll(fewer)) {
            throw AwsErrors.ec2(
                    "InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
        }
        return rules;
    }

    DeleteSecurityGroupResponse deleteSecurityGroup(DeleteSecurityGroupRequest r) {
        String id = r.groupId();
        SecurityGroup group = region.securityGroups.get(id);
        if (group.groupName().equals("default")) {
            throw AwsErrors.ec2(
                    "CannotDelete",
                    "the specified group: \"" + id + "\" name: \"default\" cannot be deleted by a user");
        }
        boolean used = region.networkInterfaces.any(
                        i -> i.groups().stream().anyMatch(g -> g.groupId().equals(id)))
                || region.securityGroups.any(g -> !g.groupId().equals(id)
                        && Stream.concat(g.ipPermissions().stream(), g.ipPermissionsEgress().stream())
                                .flatMap(p -> p.userIdGroupPairs().stream())
                                .anyMatch(pair -> id.equals(pair.groupId())));
        if (used) {
            throw AwsErrors.ec2("DependencyViolation", "resource " + id + " has a dependent object");
        }
        region.securityGroups.remove(id);
        region.ec2Tags.remove(id);
        return DeleteSecurityGroupResponse.builder()
                .returnValue(true)
                .groupId(id)
                .build();
    }
}
