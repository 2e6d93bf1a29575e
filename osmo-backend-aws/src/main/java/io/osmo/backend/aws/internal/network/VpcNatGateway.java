// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsErrorTable;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** The way out of the private subnets of one zone, or of all zones (NW-2). */
public final class VpcNatGateway extends Ec2Resource<NatGateway> {
    static final String KIND = "nat-gateway";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("ec2:DescribeNatGateways")
            .create("ec2:CreateNatGateway", "ec2:CreateTags")
            .update("ec2:CreateTags")
            .delete("ec2:DeleteNatGateway");

    /** EC2 lists deleted gateways for an hour. */
    static final Ec2Kind<NatGateway> GATEWAYS = new Ec2Kind<>(
                    NatGateway.class,
                    "ec2:DescribeNatGateways",
                    (ec2, filters) -> ec2.describeNatGatewaysPaginator(r -> r.filter(filters)).natGateways().stream()
                            .filter(gateway -> gateway.state() != NatGatewayState.DELETED)
                            .toList(),
                    "nat-gateway-id",
                    NatGateway::natGatewayId,
                    NatGateway::tags)
            .created(NatGateway::createTime);

    private static final Timing TIMING = new Timing(
            Duration.ofMinutes(2),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(15));

    private final String zone;

    VpcNatGateway(AwsContext context, String zone) {
        this(context, id(zone), zone, null);
    }

    private VpcNatGateway(AwsContext context, ResourceId id, String zone, @Nullable String known) {
        super(
                context,
                GATEWAYS,
                id,
                // A gateway whose subnet has no way to the internet fails at once.
                Set.of(
                        VpcSubnet.id(true, zone),
                        ElasticIp.id(zone),
                        VpcRoute.id(VpcRouteTable.PUBLIC),
                        SubnetAssociation.id(VpcSubnet.id(true, zone))),
                TIMING,
                "NAT gateway in " + zone,
                Map.of(),
                known);
        this.zone = zone;
    }

    static VpcNatGateway owned(AwsContext context, ResourceId id, NatGateway observed) {
        return new VpcNatGateway(context, id, id.name().replaceAll("#.*", ""), observed.natGatewayId());
    }

    static ResourceId id(String zone) {
        return ResourceId.of(KIND, zone);
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    @Override
    public Disruption deletionDisruption(NatGateway observed) {
        return observed.state() == NatGatewayState.AVAILABLE ? Disruption.OUTAGE : Disruption.NONE;
    }

    @Override
    public Readiness readiness(NatGateway observed) {
        return switch (observed.state()) {
            case PENDING -> Readiness.pending("pending");
            case FAILED -> {
                String code = Objects.requireNonNullElse(observed.failureCode(), "");
                yield AwsErrorTable.table().failed(code, code, code + ": " + observed.failureMessage());
            }
            case DELETING -> Readiness.deleting();
            default -> Readiness.ready();
        };
    }

    @Override
    public List<FieldChange> compare(NatGateway observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        Optional<String> subnet =
                state.find(VpcSubnet.id(true, zone), Subnet.class).map(Subnet::subnetId);
        if (!subnet.equals(Optional.of(observed.subnetId()))) {
            changes.add(FieldChange.replacing("subnetId", observed.subnetId(), VpcSubnet.id(true, zone)));
        }
        changes.addAll(super.compare(observed, state));
        return changes;
    }

    @Override
    public NatGateway create(State state) {
        String subnet = state.require(VpcSubnet.id(true, zone), Subnet.class).subnetId();
        String address = state.require(ElasticIp.id(zone), Address.class).allocationId();
        return context.call(
                        "ec2:CreateNatGateway",
                        () -> context.ec2()
                                .createNatGateway(r -> r.subnetId(subnet)
                                        .allocationId(address)
                                        .tagSpecifications(tagged(ResourceType.NATGATEWAY))))
                .natGateway();
    }

    @Override
    public void delete(NatGateway observed, State state) {
        context.delete(
                "ec2:DeleteNatGateway",
                () -> context.ec2().deleteNatGateway(r -> r.natGatewayId(observed.natGatewayId())));
    }
}
