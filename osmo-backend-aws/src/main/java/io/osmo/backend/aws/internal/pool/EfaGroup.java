// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.aws.internal.cluster.EksCluster;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.eks.model.Cluster;

/**
 * Lets the Elastic Fabric Adapters of a backend talk to each other: EFA's traffic passes only where a group allows all traffic
 * from and to itself; a rule for 0.0.0.0/0 does not count.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-start.html">EC2: EFA-enabled security group</a>
 */
public final class EfaGroup extends Ec2Resource<SecurityGroup> {
    public static final ResourceId ID = ResourceId.of("security-group", "efa");

    private static final String INGRESS = "ingress";
    private static final String EGRESS = "egress";
    private static final String ALL = "-1";

    EfaGroup(AwsContext aws) {
        super(
                aws,
                ID,
                SecurityGroup.class,
                Set.of(EksCluster.ID),
                Timing.quick(),
                "security group of Elastic Fabric Adapters",
                Map.of(),
                null);
    }

    @Override
    public Optional<SecurityGroup> read(State state) {
        return aws
                .call(
                        "ec2:DescribeSecurityGroups",
                        () -> aws.clients().ec2().describeSecurityGroups(r -> r.filters(filters("group-id"))))
                .securityGroups()
                .stream()
                .findFirst();
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
        changes.addAll(compareTags(observed.tags()));
        return changes;
    }

    private static boolean allowsItself(SecurityGroup group, List<IpPermission> rules) {
        return rules.stream()
                .anyMatch(rule -> ALL.equals(rule.ipProtocol())
                        && rule.userIdGroupPairs().stream()
                                .anyMatch(pair -> group.groupId().equals(pair.groupId())));
    }

    @Override
    public SecurityGroup create(State state) {
        String vpc =
                state.require(EksCluster.ID, Cluster.class).resourcesVpcConfig().vpcId();
        String name = "osmo-" + aws.name() + "-efa";
        String made = aws.call(
                        "ec2:CreateSecurityGroup",
                        () -> aws.clients()
                                .ec2()
                                .createSecurityGroup(r -> r.vpcId(vpc)
                                        .groupName(name)
                                        .description("Elastic Fabric Adapters of OSMO backend " + aws.name())
                                        .tagSpecifications(tagged(ResourceType.SECURITY_GROUP))))
                .groupId();
        return SecurityGroup.builder().groupId(made).groupName(name).build();
    }

    @Override
    public void update(SecurityGroup observed, List<FieldChange> changes, State state) {
        IpPermission itself = IpPermission.builder()
                .ipProtocol(ALL)
                .userIdGroupPairs(pair -> pair.groupId(observed.groupId()))
                .build();
        switch (changes.get(0).field()) {
            case INGRESS ->
                aws.call(
                        "ec2:AuthorizeSecurityGroupIngress",
                        () -> aws.clients()
                                .ec2()
                                .authorizeSecurityGroupIngress(
                                        r -> r.groupId(observed.groupId()).ipPermissions(itself)));
            case EGRESS ->
                aws.call(
                        "ec2:AuthorizeSecurityGroupEgress",
                        () -> aws.clients()
                                .ec2()
                                .authorizeSecurityGroupEgress(
                                        r -> r.groupId(observed.groupId()).ipPermissions(itself)));
            default -> updateTags(observed.groupId());
        }
    }

    @Override
    public void delete(SecurityGroup observed, State state) {
        aws.delete(
                "ec2:DeleteSecurityGroup",
                () -> aws.clients().ec2().deleteSecurityGroup(r -> r.groupId(observed.groupId())));
    }
}
