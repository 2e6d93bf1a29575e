// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.network.Ec2SecurityGroup;
import io.osmo.backend.aws.internal.network.Holders;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.eks.model.Cluster;

/**
 * Lets the Elastic Fabric Adapters of a backend talk to each other: EFA's traffic passes only where a group allows all traffic
 * from and to itself; a rule for 0.0.0.0/0 does not count.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-start.html">EC2: EFA-enabled security group</a>
 */
public final class EfaGroup extends Ec2SecurityGroup {
    /** What the calls below need. */
    public static final Needs NEEDS = Holders.named(Needs.of(KIND)
            .read("ec2:DescribeSecurityGroups")
            .create("ec2:CreateSecurityGroup", "ec2:CreateTags")
            .update("ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupEgress", "ec2:CreateTags")
            .delete("ec2:DeleteSecurityGroup"));

    public static final ResourceId ID = ResourceId.of(KIND, "efa");

    private static final String INGRESS = "ingress";
    private static final String EGRESS = "egress";
    private static final String ALL = "-1";

    EfaGroup(AwsContext context) {
        super(context, ID, Set.of(Ids.CLUSTER), "security group of Elastic Fabric Adapters", null);
    }

    @Override
    public List<FieldChange> compare(SecurityGroup observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        if (!allowsItself(observed, observed.ipPermissions())) {
            changes.add(FieldChange.inPlace(INGRESS, "not all from itself", "all from itself"));
        }
        if (!allowsItself(observed, observed.ipPermissionsEgress())) {
            changes.add(FieldChange.inPlace(EGRESS, "not all to itself", "all to itself"));
        }
        changes.addAll(super.compare(observed, state));
        return changes;
    }

    private static boolean allowsItself(SecurityGroup group, List<IpPermission> rules) {
        return rules.stream()
                .anyMatch(rule -> ALL.equals(rule.ipProtocol())
                        && rule.userIdGroupPairs().stream()
                                .anyMatch(pair -> group.groupId().equals(pair.groupId())));
    }

    static String name(AwsContext context) {
        return "osmo-" + context.name() + "-efa";
    }

    @Override
    public SecurityGroup create(State state) {
        return create(
                state.require(Ids.CLUSTER, Cluster.class).resourcesVpcConfig().vpcId(),
                name(context),
                "Elastic Fabric Adapters of OSMO backend " + context.name());
    }

    @Override
    public void update(SecurityGroup observed, List<FieldChange> changes, State state) {
        IpPermission itself = IpPermission.builder()
                .ipProtocol(ALL)
                .userIdGroupPairs(pair -> pair.groupId(observed.groupId()))
                .build();
        switch (changes.get(0).field()) {
            case INGRESS -> allowIngress(observed, itself);
            case EGRESS ->
                context.call(
                        "ec2:AuthorizeSecurityGroupEgress",
                        () -> context.ec2()
                                .authorizeSecurityGroupEgress(
                                        r -> r.groupId(observed.groupId()).ipPermissions(itself)));
            default -> super.update(observed, changes, state);
        }
    }
}
