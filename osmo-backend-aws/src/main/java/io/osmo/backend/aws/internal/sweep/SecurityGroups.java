// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Security groups that EKS and the load balancer controllers made. */
final class SecurityGroups extends Sweep {
    SecurityGroups(AwsContext aws, Set<ResourceId> after) {
        super(aws, SECURITY_GROUPS, after, "security groups", false);
    }

    @Override
    Found find(Optional<String> vpc) {
        return Stream.of(
                        Ec2Resource.filter("tag:kubernetes.io/cluster/" + aws.name(), "owned"),
                        Ec2Resource.filter("tag:aws:eks:cluster-name", aws.name()),
                        Ec2Resource.filter("tag:elbv2.k8s.aws/cluster", aws.name()))
                .map(filter -> new Found(
                        groups(filter).stream().map(SecurityGroup::groupId).toList()))
                .reduce(new Found(List.of()), Found::and);
    }

    private List<SecurityGroup> groups(Filter... filters) {
        return aws.call(
                "ec2:DescribeSecurityGroups",
                () ->
                        aws
                                .clients()
                                .ec2()
                                .describeSecurityGroupsPaginator(r -> r.filters(filters))
                                .securityGroups()
                                .stream()
                                .toList());
    }

    /** Groups that refer to each other hold each other: such rules go first. */
    @Override
    public void delete(Found observed, State state) {
        groups(Ec2Resource.filter("group-id", observed.ids().toArray(String[]::new)))
                .forEach(this::revoke);
        super.delete(observed, state);
    }

    private void revoke(SecurityGroup group) {
        List<IpPermission> from = referring(group.ipPermissions());
        if (!from.isEmpty()) {
            aws.delete(
                    "ec2:RevokeSecurityGroupIngress",
                    () -> aws.clients()
                            .ec2()
                            .revokeSecurityGroupIngress(
                                    r -> r.groupId(group.groupId()).ipPermissions(from)));
        }
        List<IpPermission> to = referring(group.ipPermissionsEgress());
        if (!to.isEmpty()) {
            aws.delete(
                    "ec2:RevokeSecurityGroupEgress",
                    () -> aws.clients()
                            .ec2()
                            .revokeSecurityGroupEgress(
                                    r -> r.groupId(group.groupId()).ipPermissions(to)));
        }
    }

    private static List<IpPermission> referring(List<IpPermission> rules) {
        return rules.stream().filter(rule -> !rule.userIdGroupPairs().isEmpty()).toList();
    }

    @Override
    void delete(String group) {
        aws.delete("ec2:DeleteSecurityGroup", () -> aws.clients().ec2().deleteSecurityGroup(r -> r.groupId(group)));
    }
}
