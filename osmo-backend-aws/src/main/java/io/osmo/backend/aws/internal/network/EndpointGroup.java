// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** The security group of the private endpoints: HTTPS from anywhere in the VPC. */
public final class EndpointGroup extends Ec2SecurityGroup {
    /** What the calls below need. */
    public static final Needs NEEDS = Holders.named(Needs.of(KIND)
            .read("ec2:DescribeSecurityGroups")
            .create("ec2:CreateSecurityGroup", "ec2:CreateTags")
            .update("ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags")
            .delete("ec2:DeleteSecurityGroup"));

    static final ResourceId ID = ResourceId.of(KIND, "endpoints");

    private static final String INGRESS = "ingress";
    private static final int HTTPS = 443;

    private final String cidr;

    EndpointGroup(AwsContext context, String cidr) {
        this(context, ID, cidr, null);
    }

    private EndpointGroup(AwsContext context, ResourceId id, String cidr, @Nullable String known) {
        super(context, id, Set.of(VpcNetwork.ID), "security group of the private endpoints", known);
        this.cidr = cidr;
    }

    static EndpointGroup owned(AwsContext context, ResourceId id, SecurityGroup observed) {
        return new EndpointGroup(context, id, "", observed.groupId());
    }

    static String name(AwsContext context) {
        return context.name() + "-endpoints";
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
            changes.add(FieldChange.inPlace(INGRESS, "none", "tcp 443 from " + cidr));
        }
        changes.addAll(super.compare(observed, state));
        return changes;
    }

    @Override
    public SecurityGroup create(State state) {
        return create(
                state.require(VpcNetwork.ID, ObservedVpc.class).id(),
                name(context),
                "HTTPS to private endpoints of OSMO backend " + context.name());
    }

    @Override
    public void update(SecurityGroup observed, List<FieldChange> changes, State state) {
        if (changes.get(0).field().equals(INGRESS)) {
            allowIngress(
                    observed,
                    IpPermission.builder()
                            .ipProtocol("tcp")
                            .fromPort(HTTPS)
                            .toPort(HTTPS)
                            .ipRanges(range -> range.cidrIp(cidr))
                            .build());
        } else {
            super.update(observed, changes, state);
        }
    }
}
