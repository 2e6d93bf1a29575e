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
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** The internet gateway; being attached to the VPC is a property of it, as that is a call of its own. */
public final class VpcInternetGateway extends Ec2Resource<InternetGateway> {
    static final ResourceId ID = ResourceId.of("internet-gateway", "main");

    private static final String ATTACHMENT = "attachment";

    VpcInternetGateway(AwsContext aws) {
        this(aws, ID, null);
    }

    private VpcInternetGateway(AwsContext aws, ResourceId id, @Nullable String known) {
        super(
                aws,
                id,
                InternetGateway.class,
                Set.of(VpcNetwork.ID),
                Timing.quick(),
                "internet gateway",
                Map.of(),
                known);
    }

    static VpcInternetGateway owned(AwsContext aws, ResourceId id, InternetGateway observed) {
        return new VpcInternetGateway(aws, id, observed.internetGatewayId());
    }

    @Override
    public Optional<InternetGateway> read(State state) {
        return aws
                .call(
                        "ec2:DescribeInternetGateways",
                        () -> aws.clients()
                                .ec2()
                                .describeInternetGateways(r -> r.filters(filters("internet-gateway-id"))))
                .internetGateways()
                .stream()
                .min(Comparator.comparing(InternetGateway::internetGatewayId));
    }

    @Override
    public List<FieldChange> compare(InternetGateway observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        Optional<String> vpc = state.find(VpcNetwork.ID, ObservedVpc.class).map(ObservedVpc::id);
        if (observed.attachments().stream()
                .noneMatch(a -> vpc.map(id -> id.equals(a.vpcId())).orElse(false))) {
            changes.add(FieldChange.inPlace(ATTACHMENT, "none", VpcNetwork.ID));
        }
        changes.addAll(compareTags(observed.tags()));
        return changes;
    }

    @Override
    public InternetGateway create(State state) {
        return aws.call(
                        "ec2:CreateInternetGateway",
                        () -> aws.clients()
                                .ec2()
                                .createInternetGateway(r -> r.tagSpecifications(tagged(ResourceType.INTERNET_GATEWAY))))
                .internetGateway();
    }

    @Override
    public void update(InternetGateway observed, List<FieldChange> changes, State state) {
        if (changes.get(0).field().equals(ATTACHMENT)) {
            String vpc = state.require(VpcNetwork.ID, ObservedVpc.class).id();
            aws.call(
                    "ec2:AttachInternetGateway",
                    () -> aws.clients()
                            .ec2()
                            .attachInternetGateway(r -> r.internetGatewayId(observed.internetGatewayId())
                                    .vpcId(vpc)));
        } else {
            updateTags(observed.internetGatewayId());
        }
    }

    @Override
    public void delete(InternetGateway observed, State state) {
        String id = observed.internetGatewayId();
        if (observed.attachments().isEmpty()) {
            aws.delete(
                    "ec2:DeleteInternetGateway",
                    () -> aws.clients().ec2().deleteInternetGateway(r -> r.internetGatewayId(id)));
        } else {
            String vpc = observed.attachments().get(0).vpcId();
            aws.delete(
                    "ec2:DetachInternetGateway",
                    () -> aws.clients()
                            .ec2()
                            .detachInternetGateway(r -> r.internetGatewayId(id).vpcId(vpc)));
        }
    }
}
