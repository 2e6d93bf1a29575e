// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;

/**
 * A subnet of one zone. Nodes are in private ones; load balancers find their subnets by the role tags.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html">EKS: VPC and subnet requirements</a>
 */
public final class VpcSubnet extends Ec2Resource<Subnet> {
    public static final String KIND = "subnet";

    /** What the calls below need. */
    public static final Needs NEEDS = Holders.named(Needs.of(KIND)
            .read("ec2:DescribeSubnets")
            .create("ec2:CreateSubnet", "ec2:CreateTags")
            .update("ec2:ModifySubnetAttribute", "ec2:CreateTags")
            .delete("ec2:DeleteSubnet", "ec2:DeleteNetworkInterface"));

    public static final Ec2Kind<Subnet> SUBNETS = new Ec2Kind<>(
            Subnet.class,
            "ec2:DescribeSubnets",
            (ec2, filters) -> ec2.describeSubnetsPaginator(r -> r.filters(filters)).subnets().stream()
                    .toList(),
            "subnet-id",
            Subnet::subnetId,
            Subnet::tags);

    private static final String MAP_PUBLIC_IP = "mapPublicIpOnLaunch";

    private final boolean isPublic;
    private final String zone;
    private final String cidr;
    private final String network;

    /** @param network range of the VPC that the layout divides */
    VpcSubnet(AwsContext context, boolean isPublic, String zone, NetworkLayout layout, String network) {
        this(
                context,
                id(isPublic, zone),
                isPublic,
                zone,
                isPublic ? layout.publicCidr(zone) : layout.privateCidr(zone),
                network,
                null);
    }

    private VpcSubnet(
            AwsContext context,
            ResourceId id,
            boolean isPublic,
            String zone,
            String cidr,
            String network,
            @Nullable String known) {
        super(
                context,
                SUBNETS,
                id,
                Set.of(VpcNetwork.ID),
                Timing.quick(),
                (isPublic ? "public" : "private") + " subnet " + cidr + " in " + zone,
                Map.of(
                        isPublic ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb",
                        "1",
                        "kubernetes.io/cluster/" + context.name(),
                        "owned"),
                known);
        this.isPublic = isPublic;
        this.zone = zone;
        this.cidr = cidr;
        this.network = network;
    }

    static VpcSubnet owned(AwsContext context, ResourceId id, Subnet observed) {
        return new VpcSubnet(
                context,
                id,
                id.name().startsWith("public-"),
                observed.availabilityZone(),
                observed.cidrBlock(),
                "",
                observed.subnetId());
    }

    public static ResourceId id(boolean isPublic, String zone) {
        return ResourceId.of(KIND, (isPublic ? "public-" : "private-") + zone);
    }

    @Override
    public Readiness readiness(Subnet observed) {
        return observed.state() == SubnetState.PENDING ? Readiness.pending("pending") : Readiness.ready();
    }

    @Override
    public Optional<String> irreplaceable(Subnet observed) {
        return Optional.of("Nodes and the control plane are in subnet " + observed.subnetId()
                + ": repair it, or move to a new backend.");
    }

    @Override
    public List<FieldChange> compare(Subnet observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        if (!cidr.equals(observed.cidrBlock()) && isInWantedNetwork(state)) {
            changes.add(FieldChange.impossible("cidrBlock", observed.cidrBlock(), cidr));
        }
        if (isPublic && Boolean.FALSE.equals(observed.mapPublicIpOnLaunch())) {
            changes.add(FieldChange.inPlace(MAP_PUBLIC_IP, false, true));
        }
        changes.addAll(super.compare(observed, state));
        return changes;
    }

    /** The subnets of a VPC of another range have other ranges too, which the VPC says for all of them. */
    private boolean isInWantedNetwork(State state) {
        return state.find(VpcNetwork.ID, ObservedVpc.class)
                .filter(vpc -> !network.equals(vpc.vpc().cidrBlock()))
                .isEmpty();
    }

    @Override
    public Subnet create(State state) {
        String vpc = state.require(VpcNetwork.ID, ObservedVpc.class).id();
        return context.call(
                        "ec2:CreateSubnet",
                        () -> context.ec2()
                                .createSubnet(r -> r.vpcId(vpc)
                                        .availabilityZone(zone)
                                        .cidrBlock(cidr)
                                        .tagSpecifications(tagged(ResourceType.SUBNET))))
                .subnet();
    }

    @Override
    public void update(Subnet observed, List<FieldChange> changes, State state) {
        if (changes.get(0).field().equals(MAP_PUBLIC_IP)) {
            context.call(
                    "ec2:ModifySubnetAttribute",
                    () -> context.ec2()
                            .modifySubnetAttribute(
                                    r -> r.subnetId(observed.subnetId()).mapPublicIpOnLaunch(v -> v.value(true))));
        } else {
            super.update(observed, changes, state);
        }
    }

    /** Interfaces of nodes that have left it go first: they would forbid its deletion for good. */
    @Override
    public void delete(Subnet observed, State state) {
        LeftInterfaces.in(context, "subnet-id", observed.subnetId()).forEach(id -> LeftInterfaces.delete(context, id));
        Holders.delete(
                context,
                "ec2:DeleteSubnet",
                Holders.by("subnet-id", observed.subnetId()),
                () -> context.ec2().deleteSubnet(r -> r.subnetId(observed.subnetId())));
    }
}
