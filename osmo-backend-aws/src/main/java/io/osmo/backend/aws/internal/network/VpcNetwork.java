// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.model.VpcState;

/** The VPC. EKS needs both DNS attributes on; a new VPC has only the first. */
public final class VpcNetwork extends Ec2Resource<ObservedVpc> {
    public static final ResourceId ID = ResourceId.of("vpc", "main");

    private static final String CIDR = "cidrBlock";
    private static final String DNS_SUPPORT = "enableDnsSupport";
    private static final String DNS_HOSTNAMES = "enableDnsHostnames";

    private final String cidr;

    VpcNetwork(AwsContext aws, String cidr) {
        this(aws, ID, cidr, null);
    }

    private VpcNetwork(AwsContext aws, ResourceId id, String cidr, @Nullable String known) {
        super(aws, id, ObservedVpc.class, Set.of(), Timing.quick(), "VPC " + cidr, Map.of(), known);
        this.cidr = cidr;
    }

    static VpcNetwork owned(AwsContext aws, ResourceId id, ObservedVpc observed) {
        return new VpcNetwork(aws, id, observed.vpc().cidrBlock(), observed.id());
    }

    @Override
    public Optional<ObservedVpc> read(State state) {
        return aws
                .call("ec2:DescribeVpcs", () -> aws.clients().ec2().describeVpcs(r -> r.filters(filters("vpc-id"))))
                .vpcs()
                .stream()
                .min(Comparator.comparing(Vpc::vpcId))
                .map(vpc -> new ObservedVpc(
                        vpc,
                        attribute(aws, vpc.vpcId(), VpcAttributeName.ENABLE_DNS_SUPPORT),
                        attribute(aws, vpc.vpcId(), VpcAttributeName.ENABLE_DNS_HOSTNAMES)));
    }

    static boolean attribute(AwsContext aws, String vpcId, VpcAttributeName name) {
        var attribute = aws.call(
                "ec2:DescribeVpcAttribute",
                () -> aws.clients()
                        .ec2()
                        .describeVpcAttribute(r -> r.vpcId(vpcId).attribute(name)));
        return name == VpcAttributeName.ENABLE_DNS_SUPPORT
                ? attribute.enableDnsSupport().value()
                : attribute.enableDnsHostnames().value();
    }

    @Override
    public Readiness readiness(ObservedVpc observed) {
        return observed.vpc().state() == VpcState.PENDING ? Readiness.pending("pending") : Readiness.ready();
    }

    @Override
    public List<FieldChange> compare(ObservedVpc observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        if (!cidr.equals(observed.vpc().cidrBlock())) {
            changes.add(FieldChange.impossible(CIDR, observed.vpc().cidrBlock(), cidr));
        }
        if (!observed.dnsSupport()) {
            changes.add(FieldChange.inPlace(DNS_SUPPORT, false, true));
        }
        if (!observed.dnsHostnames()) {
            changes.add(FieldChange.inPlace(DNS_HOSTNAMES, false, true));
        }
        changes.addAll(compareTags(observed.vpc().tags()));
        return changes;
    }

    @Override
    public ObservedVpc create(State state) {
        Vpc vpc = aws.call(
                        "ec2:CreateVpc",
                        () -> aws.clients()
                                .ec2()
                                .createVpc(r -> r.cidrBlock(cidr).tagSpecifications(tagged(ResourceType.VPC))))
                .vpc();
        return new ObservedVpc(vpc, true, false);
    }

    @Override
    public void update(ObservedVpc observed, List<FieldChange> changes, State state) {
        switch (changes.get(0).field()) {
            // EC2 takes one attribute in each call.
            case DNS_SUPPORT ->
                aws.call(
                        "ec2:ModifyVpcAttribute",
                        () -> aws.clients()
                                .ec2()
                                .modifyVpcAttribute(r -> r.vpcId(observed.id()).enableDnsSupport(v -> v.value(true))));
            case DNS_HOSTNAMES ->
                aws.call(
                        "ec2:ModifyVpcAttribute",
                        () -> aws.clients()
                                .ec2()
                                .modifyVpcAttribute(
                                        r -> r.vpcId(observed.id()).enableDnsHostnames(v -> v.value(true))));
            default -> updateTags(observed.id());
        }
    }

    @Override
    public void delete(ObservedVpc observed, State state) {
        aws.delete("ec2:DeleteVpc", () -> aws.clients().ec2().deleteVpc(r -> r.vpcId(observed.id())));
    }
}
