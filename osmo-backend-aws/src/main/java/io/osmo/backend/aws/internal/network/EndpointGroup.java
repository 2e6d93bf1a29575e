// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** The security group of the private endpoints: HTTPS from anywhere in the VPC. */
public final class EndpointGroup extends Ec2Resource<SecurityGroup> {
    static final ResourceId ID = ResourceId.of("security-group", "endpoints");

    private static final int HTTPS = 443;

    private final String cidr;

    EndpointGroup(AwsContext aws, String cidr) {
        this(aws, ID, cidr, null);
    }

    private EndpointGroup(AwsContext aws, ResourceId id, String cidr, @Nullable String known) {
        super(
                aws,
                id,
                SecurityGroup.class,
                Set.of(VpcNetwork.ID),
                Timing.quick(),
                "security group of the private endpoints",
                Map.of(),
                known);
        this.cidr = cidr;
    }

    static EndpointGroup owned(AwsContext aws, ResourceId id, SecurityGroup observed) {
        return new EndpointGroup(aws, id, "", observed.groupId());
    }

    @Override
    public Optional<SecurityGroup> read(State state) {
        return aws
                .call(
                        "ec2:DescribeSecurityGroups",
                        () -> aws.clients().ec2().describeSecurityGroups(r -> r.filters(filters("group-id"))))
                .securityGroups()
                .stream()
                .min(Comparator.comparing(SecurityGroup::groupId));
    }

    private boolean allows(IpPermission permission) {
        return "tcp".equals(permission.ipProtocol())
                && Integer.valueOf(HTTPS).equals(permission.fromPort())
                && permission.ipRanges().stream().anyMatch(range -> cidr.equals(range.cidrIp()));
    }

    @Override
    public List<FieldChange> compare(SecurityGroup observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        if (observed.ipPermissions().stream().noneMatch(this::allows)) {
            changes.add(FieldChange.inPlace("ingress", "none", "tcp 443 from " + cidr));
        }
        changes.addAll(compareTags(observed.tags()));
        return changes;
    }

    @Override
    public SecurityGroup create(State state) {
        String vpc = state.require(VpcNetwork.ID, ObservedVpc.class).id();
        String name = aws.name() + "-endpoints";
        String made = aws.call(
                        "ec2:CreateSecurityGroup",
                        () -> aws.clients()
                                .ec2()
                                .createSecurityGroup(r -> r.vpcId(vpc)
                                        .groupName(name)
                                        .description("HTTPS to private endpoints of OSMO backend " + aws.name())
                                        .tagSpecifications(tagged(ResourceType.SECURITY_GROUP))))
                .groupId();
        return SecurityGroup.builder().groupId(made).groupName(name).build();
    }

    @Override
    public void update(SecurityGroup observed, List<FieldChange> changes, State state) {
        if (changes.get(0).field().equals("ingress")) {
            aws.call(
                    "ec2:AuthorizeSecurityGroupIngress",
                    () -> aws.clients()
                            .ec2()
                            .authorizeSecurityGroupIngress(r -> r.groupId(observed.groupId())
                                    .ipPermissions(p -> p.ipProtocol("tcp")
                                            .fromPort(HTTPS)
                                            .toPort(HTTPS)
                                            .ipRanges(range -> range.cidrIp(cidr)))));
        } else {
            updateTags(observed.groupId());
        }
    }

    @Override
    public void delete(SecurityGroup observed, State state) {
        aws.delete(
                "ec2:DeleteSecurityGroup",
                () -> aws.clients().ec2().deleteSecurityGroup(r -> r.groupId(observed.groupId())));
    }
}
