// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** The internet gateway. Its attachment to the VPC is a property of it, since attaching is a call of its own. */
public final class VpcInternetGateway extends Ec2Resource<InternetGateway> {
    static final ResourceId ID = ResourceId.of("internet-gateway", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Holders.named(Needs.of(ID.kind())
            .read("ec2:DescribeInternetGateways")
            .create("ec2:CreateInternetGateway", "ec2:CreateTags")
            .update("ec2:AttachInternetGateway", "ec2:CreateTags")
            .undo("ec2:DetachInternetGateway", "ec2:DeleteInternetGateway"));

    static final Ec2Kind<InternetGateway> GATEWAYS = new Ec2Kind<>(
            InternetGateway.class,
            "ec2:DescribeInternetGateways",
            (ec2, filters) ->
                    ec2.describeInternetGateways(r -> r.filters(filters)).internetGateways(),
            "internet-gateway-id",
            InternetGateway::internetGatewayId,
            InternetGateway::tags);

    private static final String ATTACHMENT = "attachment";

    VpcInternetGateway(AwsContext context) {
        this(context, ID, null);
    }

    private VpcInternetGateway(AwsContext context, ResourceId id, @Nullable String known) {
        super(context, GATEWAYS, id, Set.of(VpcNetwork.ID), "internet gateway", known);
    }

    static VpcInternetGateway owned(AwsContext context, ResourceId id, InternetGateway observed) {
        return new VpcInternetGateway(context, id, observed.internetGatewayId());
    }

    @Override
    public List<FieldChange> compare(InternetGateway observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        Optional<String> vpc = state.find(VpcNetwork.ID, ObservedVpc.class).map(ObservedVpc::id);
        if (observed.attachments().stream()
                .noneMatch(a -> vpc.map(id -> id.equals(a.vpcId())).orElse(false))) {
            changes.add(FieldChange.inPlace(ATTACHMENT, "none", VpcNetwork.ID));
        }
        changes.addAll(super.compare(observed, state));
        return changes;
    }

    @Override
    public InternetGateway create(State state) {
        return context.call(
                        "ec2:CreateInternetGateway",
                        () -> context.ec2()
                                .createInternetGateway(r -> r.tagSpecifications(tagged(ResourceType.INTERNET_GATEWAY))))
                .internetGateway();
    }

    @Override
    public void update(InternetGateway observed, List<FieldChange> changes, State state) {
        if (changes.get(0).field().equals(ATTACHMENT)) {
            String vpc = state.require(VpcNetwork.ID, ObservedVpc.class).id();
            context.call(
                    "ec2:AttachInternetGateway",
                    () -> context.ec2()
                            .attachInternetGateway(r -> r.internetGatewayId(observed.internetGatewayId())
                                    .vpcId(vpc)));
        } else {
            super.update(observed, changes, state);
        }
    }

    @Override
    public void delete(InternetGateway observed, State state) {
        String id = observed.internetGatewayId();
        if (observed.attachments().isEmpty()) {
            context.delete(
                    "ec2:DeleteInternetGateway",
                    () -> context.ec2().deleteInternetGateway(r -> r.internetGatewayId(id)));
        } else {
            String vpc = observed.attachments().get(0).vpcId();
            Holders.delete(
                    context,
                    "ec2:DetachInternetGateway",
                    Holders.by("vpc-id", vpc),
                    () -> context.ec2()
                            .detachInternetGateway(r -> r.internetGatewayId(id).vpcId(vpc)));
        }
    }
}
