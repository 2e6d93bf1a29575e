// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.network.Holders;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Security groups that EKS and the load balancer controllers made. */
final class SecurityGroups extends Sweep {
    /** What the calls below need. */
    public static final Needs NEEDS = Holders.named(Needs.of(Sweep.KIND)
            .destroy(
                    "ec2:DescribeSecurityGroups",
                    "ec2:RevokeSecurityGroupIngress",
                    "ec2:RevokeSecurityGroupEgress",
                    "ec2:DeleteSecurityGroup"));

    private final boolean onlyOurs;

    /** @param onlyOurs whether only those in the backend's VPC can be deleted */
    SecurityGroups(AwsContext context, Set<ResourceId> after, boolean onlyOurs) {
        super(context, SECURITY_GROUPS, after, false);
        this.onlyOurs = onlyOurs;
    }

    @Override
    List<String> find(Optional<String> vpc) {
        return Stream.of(
                        Ec2Kind.filter("tag:kubernetes.io/cluster/" + context.name(), "owned"),
                        Ec2Kind.filter("tag:aws:eks:cluster-name", context.name()),
                        Ec2Kind.filter("tag:elbv2.k8s.aws/cluster", context.name()))
                .flatMap(filter -> groups(filter).stream())
                .filter(group -> !onlyOurs || vpc.equals(Optional.ofNullable(group.vpcId())))
                .map(SecurityGroup::groupId)
                .toList();
    }

    private List<SecurityGroup> groups(Filter filter) {
        return context.call(
                "ec2:DescribeSecurityGroups",
                () -> context.ec2().describeSecurityGroupsPaginator(r -> r.filters(filter)).securityGroups().stream()
                        .toList());
    }

    /** EC2 deletes no group that another one refers to: such rules go first. */
    @Override
    public void delete(SweptObjects observed, State state) {
        groups(Ec2Kind.filter("group-id", observed.ids().toArray(String[]::new)))
                .forEach(this::revoke);
        super.delete(observed, state);
    }

    private void revoke(SecurityGroup group) {
        List<IpPermission> from = referring(group.ipPermissions());
        if (!from.isEmpty()) {
            context.delete(
                    "ec2:RevokeSecurityGroupIngress",
                    () -> context.ec2()
                            .revokeSecurityGroupIngress(
                                    r -> r.groupId(group.groupId()).ipPermissions(from)));
        }
        List<IpPermission> to = referring(group.ipPermissionsEgress());
        if (!to.isEmpty()) {
            context.delete(
                    "ec2:RevokeSecurityGroupEgress",
                    () -> context.ec2()
                            .revokeSecurityGroupEgress(
                                    r -> r.groupId(group.groupId()).ipPermissions(to)));
        }
    }

    private static List<IpPermission> referring(List<IpPermission> rules) {
        return rules.stream().filter(rule -> !rule.userIdGroupPairs().isEmpty()).toList();
    }

    @Override
    void delete(String group) {
        Holders.delete(
                context,
                "ec2:DeleteSecurityGroup",
                Holders.by("group-id", group),
                () -> context.ec2().deleteSecurityGroup(r -> r.groupId(group)));
    }
}
