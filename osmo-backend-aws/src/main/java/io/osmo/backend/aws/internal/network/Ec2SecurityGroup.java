// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ec2Names;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** A security group of the backend. Subclasses define its VPC and what it allows. */
public abstract class Ec2SecurityGroup extends Ec2Resource<SecurityGroup> {
    protected static final String KIND = "security-group";

    static final Ec2Kind<SecurityGroup> GROUPS = new Ec2Kind<>(
            SecurityGroup.class,
            "ec2:DescribeSecurityGroups",
            (ec2, filters) ->
                    ec2.describeSecurityGroups(r -> r.filters(filters)).securityGroups(),
            "group-id",
            SecurityGroup::groupId,
            SecurityGroup::tags);

    /** A network has each name once. */
    public static final Ec2Names<SecurityGroup> NAMES = new Ec2Names<>(GROUPS, "group-name", SecurityGroup::groupName);

    protected Ec2SecurityGroup(
            AwsContext context, ResourceId id, Set<ResourceId> after, String description, @Nullable String known) {
        super(context, GROUPS, id, after, description, known);
    }

    /** @param description for people who look at it in EC2 */
    protected final SecurityGroup create(String vpc, String name, String description) {
        String made = context.call(
                        "ec2:CreateSecurityGroup",
                        () -> context.ec2()
                                .createSecurityGroup(r -> r.vpcId(vpc)
                                        .groupName(name)
                                        .description(description)
                                        .tagSpecifications(tagged(ResourceType.SECURITY_GROUP))))
                .groupId();
        return SecurityGroup.builder().groupId(made).groupName(name).build();
    }

    protected final void allowIngress(SecurityGroup group, IpPermission permission) {
        context.call(
                "ec2:AuthorizeSecurityGroupIngress",
                () -> context.ec2()
                        .authorizeSecurityGroupIngress(
                                r -> r.groupId(group.groupId()).ipPermissions(permission)));
    }

    @Override
    public final void delete(SecurityGroup observed, State state) {
        Holders.delete(
                context,
                "ec2:DeleteSecurityGroup",
                Holders.by("group-id", observed.groupId()),
                () -> context.ec2().deleteSecurityGroup(r -> r.groupId(observed.groupId())));
    }
}
