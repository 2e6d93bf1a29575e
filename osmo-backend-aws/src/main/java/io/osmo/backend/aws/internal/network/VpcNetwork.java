// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.VpcState;

/** The VPC. EKS needs both DNS attributes on; a new VPC has only the first. */
public final class VpcNetwork extends Ec2Resource<ObservedVpc> {
    public static final ResourceId ID = ResourceId.of("vpc", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Holders.named(Needs.of(ID.kind())
            .read("ec2:DescribeVpcs", "ec2:DescribeVpcAttribute")
            .create("ec2:CreateVpc", "ec2:CreateTags")
            .update("ec2:ModifyVpcAttribute", "ec2:CreateTags")
            .undo("ec2:DeleteVpc"));

    /** VPCs without their attributes, which take a call each. */
    public static final Ec2Kind<ObservedVpc> VPCS = new Ec2Kind<>(
            ObservedVpc.class,
            "ec2:DescribeVpcs",
            (ec2, filters) -> ec2.describeVpcs(r -> r.filters(filters)).vpcs().stream()
                    .map(vpc -> new ObservedVpc(vpc, false, false))
                    .toList(),
            "vpc-id",
            ObservedVpc::id,
            found -> found.vpc().tags());

    private static final String DNS_SUPPORT = "enableDnsSupport";
    private static final String DNS_HOSTNAMES = "enableDnsHostnames";

    private final String cidr;

    VpcNetwork(AwsContext context, String cidr) {
        this(context, ID, cidr, null);
    }

    private VpcNetwork(AwsContext context, ResourceId id, String cidr, @Nullable String known) {
        super(context, VPCS, id, Set.of(), "VPC " + cidr, known);
        this.cidr = cidr;
    }

    static VpcNetwork owned(AwsContext context, ResourceId id, ObservedVpc observed) {
        return new VpcNetwork(context, id, observed.vpc().cidrBlock(), observed.id());
    }

    @Override
    public Optional<ObservedVpc> read(State state) {
        return super.read(state)
                .map(found -> new ObservedVpc(
                        found.vpc(),
                        attribute(context, found, VpcAttributeName.ENABLE_DNS_SUPPORT),
                        attribute(context, found, VpcAttributeName.ENABLE_DNS_HOSTNAMES)));
    }

    static boolean attribute(AwsContext context, ObservedVpc vpc, VpcAttributeName name) {
        var attribute = context.call(
                "ec2:DescribeVpcAttribute",
                () -> context.ec2().describeVpcAttribute(r -> r.vpcId(vpc.id()).attribute(name)));
        return name == VpcAttributeName.ENABLE_DNS_SUPPORT
                ? attribute.enableDnsSupport().value()
                : attribute.enableDnsHostnames().value();
    }

    @Override
    public Readiness readiness(ObservedVpc observed) {
        return observed.vpc().state() == VpcState.PENDING ? Readiness.pending("pending") : Readiness.ready();
    }

    @Override
    public Optional<String> irreplaceable(ObservedVpc observed) {
        return Optional.of("All of the backend is in VPC " + observed.id() + ": repair it, or move to a new backend.");
    }

    @Override
    public List<FieldChange> compare(ObservedVpc observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        if (!cidr.equals(observed.vpc().cidrBlock())) {
            changes.add(FieldChange.fixed("network.cidr", observed.vpc().cidrBlock(), cidr));
        }
        if (!observed.dnsSupport()) {
            changes.add(FieldChange.inPlace(DNS_SUPPORT, false, true));
        }
        if (!observed.dnsHostnames()) {
            changes.add(FieldChange.inPlace(DNS_HOSTNAMES, false, true));
        }
        changes.addAll(super.compare(observed, state));
        return changes;
    }

    @Override
    public ObservedVpc create(State state) {
        Vpc vpc = context.call(
                        "ec2:CreateVpc",
                        () -> context.ec2()
                                .createVpc(r -> r.cidrBlock(cidr).tagSpecifications(tagged(ResourceType.VPC))))
                .vpc();
        return new ObservedVpc(vpc, true, false);
    }

    /** EC2 takes one attribute in each call. */
    @Override
    public void update(ObservedVpc observed, List<FieldChange> changes, State state) {
        switch (changes.get(0).field()) {
            case DNS_SUPPORT -> modify(observed, r -> r.enableDnsSupport(v -> v.value(true)));
            case DNS_HOSTNAMES -> modify(observed, r -> r.enableDnsHostnames(v -> v.value(true)));
            default -> super.update(observed, changes, state);
        }
    }

    private void modify(ObservedVpc observed, Consumer<ModifyVpcAttributeRequest.Builder> change) {
        context.call(
                "ec2:ModifyVpcAttribute",
                () -> context.ec2().modifyVpcAttribute(change.andThen(r -> r.vpcId(observed.id()))));
    }

    @Override
    public void delete(ObservedVpc observed, State state) {
        Holders.delete(
                context,
                "ec2:DeleteVpc",
                Holders.by("vpc-id", observed.id()),
                () -> context.ec2().deleteVpc(r -> r.vpcId(observed.id())));
    }

    /** Its IPv4 ranges. */
    public static List<String> ranges(Vpc vpc) {
        return vpc.cidrBlockAssociationSet().stream()
                .filter(range -> range.cidrBlockState() == null
                        || range.cidrBlockState().state() == VpcCidrBlockStateCode.ASSOCIATED)
                .map(VpcCidrBlockAssociation::cidrBlock)
                .toList();
    }
}
