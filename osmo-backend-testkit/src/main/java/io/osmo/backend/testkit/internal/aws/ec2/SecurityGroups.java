// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.*;

/** Security groups and their rules. */
public final class SecurityGroups {
    private final Ec2 ec2;
    private final Query<SecurityGroup> query;

    SecurityGroups(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<SecurityGroup>(ec2, "group-id", SecurityGroup::groupId)
                .attribute("group-name", SecurityGroup::groupName)
                .attribute("vpc-id", SecurityGroup::vpcId)
                .attribute("description", SecurityGroup::description);
    }

    /** The group that is created and deleted with a VPC. */
    static void createDefault(Ec2 ec2, String vpcId) {
        create(ec2, vpcId, "default", "default VPC security group");
    }

    public static String create(Ec2 ec2, String vpcId, String name, String description) {
        String id = ec2.account.newId("sg");
        ec2.securityGroups.put(
                id,
                SecurityGroup.builder()
                        .groupId(id)
                        .groupName(name)
                        .description(description)
                        .vpcId(vpcId)
                        .ownerId(ec2.account.id())
                        .securityGroupArn(ec2.arn("ec2", "security-group/" + id))
                        .ipPermissionsEgress(IpPermission.builder()
                                .ipProtocol("-1")
                                .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                                .build())
                        .build());
        return id;
    }

    CreateSecurityGroupResponse createSecurityGroup(CreateSecurityGroupRequest r) {
        ec2.vpcs.get(r.vpcId());
        if (ec2.securityGroups.any(
                g -> g.vpcId().equals(r.vpcId()) && g.groupName().equals(r.groupName()))) {
            throw Ec2Errors.of(
                    "InvalidGroup.Duplicate",
                    "The security group '" + r.groupName() + "' already exists for VPC '" + r.vpcId() + "'");
        }
        if (r.groupName().startsWith("sg-") || r.groupName().length() > 255) {
            throw Ec2Errors.of("InvalidParameterValue", "Invalid group name " + r.groupName());
        }
        var tags = ResourceTags.requested("security-group", r.tagSpecifications());
        String id = create(ec2, r.vpcId(), r.groupName(), r.description());
        ec2.tags.put(id, tags);
        return CreateSecurityGroupResponse.builder()
                .groupId(id)
                .tags(ec2.tags.of(id))
                .build();
    }

    DescribeSecurityGroupsResponse describeSecurityGroups(DescribeSecurityGroupsRequest r) {
        Page<SecurityGroup> page =
                query.page(ec2.securityGroups, r.groupIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeSecurityGroupsResponse.builder()
                .securityGroups(page.items().stream()
                        .map(g -> g.toBuilder().tags(ec2.tags.of(g.groupId())).build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    AuthorizeSecurityGroupIngressResponse authorizeSecurityGroupIngress(AuthorizeSecurityGroupIngressRequest r) {
        List<IpPermission> rules = added(ec2.securityGroups.get(r.groupId()).ipPermissions(), r.ipPermissions());
        ec2.securityGroups.update(
                r.groupId(), g -> g.toBuilder().ipPermissions(rules).build());
        return AuthorizeSecurityGroupIngressResponse.builder().returnValue(true).build();
    }

    AuthorizeSecurityGroupEgressResponse authorizeSecurityGroupEgress(AuthorizeSecurityGroupEgressRequest r) {
        List<IpPermission> rules = added(ec2.securityGroups.get(r.groupId()).ipPermissionsEgress(), r.ipPermissions());
        ec2.securityGroups.update(
                r.groupId(), g -> g.toBuilder().ipPermissionsEgress(rules).build());
        return AuthorizeSecurityGroupEgressResponse.builder().returnValue(true).build();
    }

    RevokeSecurityGroupIngressResponse revokeSecurityGroupIngress(RevokeSecurityGroupIngressRequest r) {
        List<IpPermission> rules = removed(ec2.securityGroups.get(r.groupId()).ipPermissions(), r.ipPermissions());
        ec2.securityGroups.update(
                r.groupId(), g -> g.toBuilder().ipPermissions(rules).build());
        return RevokeSecurityGroupIngressResponse.builder().returnValue(true).build();
    }

    RevokeSecurityGroupEgressResponse revokeSecurityGroupEgress(RevokeSecurityGroupEgressRequest r) {
        List<IpPermission> rules =
                removed(ec2.securityGroups.get(r.groupId()).ipPermissionsEgress(), r.ipPermissions());
        ec2.securityGroups.update(
                r.groupId(), g -> g.toBuilder().ipPermissionsEgress(rules).build());
        return RevokeSecurityGroupEgressResponse.builder().returnValue(true).build();
    }

    private static List<IpPermission> added(List<IpPermission> existing, List<IpPermission> more) {
        List<IpPermission> rules = new ArrayList<>(existing);
        for (IpPermission rule : more) {
            if (rules.contains(rule)) {
                throw Ec2Errors.of("InvalidPermission.Duplicate", "the specified rule already exists");
            }
            rules.add(rule);
        }
        return rules;
    }

    private static List<IpPermission> removed(List<IpPermission> existing, List<IpPermission> fewer) {
        List<IpPermission> rules = new ArrayList<>(existing);
        if (!rules.removeAll(fewer)) {
            throw Ec2Errors.of(
                    "InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
        }
        return rules;
    }

    DeleteSecurityGroupResponse deleteSecurityGroup(DeleteSecurityGroupRequest r) {
        String id = r.groupId();
        SecurityGroup group = ec2.securityGroups.get(id);
        if (group.groupName().equals("default")) {
            throw Ec2Errors.of(
                    "CannotDelete",
                    "the specified group: \"" + id + "\" name: \"default\" cannot be deleted by a user");
        }
        boolean used = ec2.networkInterfaces.any(
                        i -> i.groups().stream().anyMatch(g -> g.groupId().equals(id)))
                || ec2.securityGroups.any(g -> !g.groupId().equals(id)
                        && Stream.concat(g.ipPermissions().stream(), g.ipPermissionsEgress().stream())
                                .flatMap(p -> p.userIdGroupPairs().stream())
                                .anyMatch(pair -> id.equals(pair.groupId())));
        if (used) {
            throw Ec2Errors.of("DependencyViolation", "resource " + id + " has a dependent object");
        }
        ec2.securityGroups.remove(id);
        ec2.tags.remove(id);
        return DeleteSecurityGroupResponse.builder()
                .returnValue(true)
                .groupId(id)
                .build();
    }
}
