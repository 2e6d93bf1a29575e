// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

    private static final Timing TIMING = new Timing(
            Duration.ofMinutes(2),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(15));

    private final String zone;

    VpcNatGateway(AwsContext aws, String zone) {
        this(aws, id(zone), zone, null);
    }

    private VpcNatGateway(AwsContext aws, ResourceId id, String zone, @Nullable String known) {
        super(
                aws,
                id,
                NatGateway.class,
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

    static VpcNatGateway owned(AwsContext aws, ResourceId id, NatGateway observed) {
        return new VpcNatGateway(aws, id, id.name().replaceAll("#.*", ""), observed.natGatewayId());
    }

    static ResourceId id(String zone) {
        return ResourceId.of(KIND, zone);
    }

    @Override
    public Optional<NatGateway> read(State state) {
        return list().stream().filter(VpcNatGateway::stands).min(AGE);
    }

    /** The oldest first; EC2 lists deleted gateways for an hour. */
    static final Comparator<NatGateway> AGE = Comparator.comparing(
                    NatGateway::createTime, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(NatGateway::natGatewayId);

    static boolean stands(NatGateway gateway) {
        return gateway.state() != NatGatewayState.DELETED;
    }

    private List<NatGateway> list() {
        return aws.call(
                "ec2:DescribeNatGateways",
                () -> aws
                        .clients()
                        .ec2()
                        .describeNatGatewaysPaginator(r -> r.filter(filters("nat-gateway-id")))
                        .natGateways()
                        .stream()
                        .filter(gateway -> isThis(gateway.tags()))
                        .toList());
    }

    @Override
    public Readiness readiness(NatGateway observed) {
        return switch (observed.state()) {
            case PENDING -> Readiness.pending("pending");
            case FAILED -> Readiness.failed(observed.failureCode() + ": " + observed.failureMessage());
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
        changes.addAll(compareTags(observed.tags()));
        return changes;
    }

    @Override
    public NatGateway create(State state) {
        String subnet = state.require(VpcSubnet.id(true, zone), Subnet.class).subnetId();
        String address = state.require(ElasticIp.id(zone), Address.class).allocationId();
        // A token that has made a gateway which failed would bring that one back.
        List<String> before =
                list().stream().map(NatGateway::natGatewayId).sorted().toList();
        return aws.call(
                        "ec2:CreateNatGateway",
                        () -> aws.clients()
                                .ec2()
                                .createNatGateway(r -> r.subnetId(subnet)
                                        .allocationId(address)
                                        .clientToken(aws.token(id(), subnet, address, before))
                                        .tagSpecifications(tagged(ResourceType.NATGATEWAY))))
                .natGateway();
    }

    @Override
    public void update(NatGateway observed, List<FieldChange> changes, State state) {
        updateTags(observed.natGatewayId());
    }

    @Override
    public void delete(NatGateway observed, State state) {
        aws.delete(
                "ec2:DeleteNatGateway",
                () -> aws.clients().ec2().deleteNatGateway(r -> r.natGatewayId(observed.natGatewayId())));
    }
}
