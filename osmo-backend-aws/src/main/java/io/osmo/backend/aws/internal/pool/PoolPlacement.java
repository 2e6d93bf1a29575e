// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.PlacementGroup;
import software.amazon.awssdk.services.ec2.model.PlacementStrategy;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** Packs the nodes of a pool closely together within one zone, for traffic between GPUs. */
public final class PoolPlacement extends Ec2Resource<PlacementGroup> {
    public static final String KIND = "placement-group";

    private final String pool;

    PoolPlacement(AwsContext aws, String pool) {
        super(
                aws,
                id(pool),
                PlacementGroup.class,
                Set.of(),
                Timing.quick(),
                "placement group of pool " + pool,
                Map.of(),
                null);
        this.pool = pool;
    }

    static ResourceId id(String pool) {
        return ResourceId.of(KIND, pool);
    }

    static String name(AwsContext aws, String pool) {
        return "osmo-" + aws.name() + "-" + pool;
    }

    @Override
    public Optional<String> pool() {
        return Optional.of(pool);
    }

    @Override
    public Optional<PlacementGroup> read(State state) {
        return aws
                .call(
                        "ec2:DescribePlacementGroups",
                        () -> aws.clients().ec2().describePlacementGroups(r -> r.filters(filters("group-id"))))
                .placementGroups()
                .stream()
                .findFirst();
    }

    @Override
    public Readiness readiness(PlacementGroup observed) {
        return switch (observed.state()) {
            case PENDING -> Readiness.pending("pending");
            case DELETING, DELETED -> Readiness.deleting();
            default -> Readiness.ready();
        };
    }

    @Override
    public List<FieldChange> compare(PlacementGroup observed, State state) {
        return compareTags(observed.tags());
    }

    @Override
    public PlacementGroup create(State state) {
        return aws.call(
                        "ec2:CreatePlacementGroup",
                        () -> aws.clients()
                                .ec2()
                                .createPlacementGroup(r -> r.groupName(name(aws, pool))
                                        .strategy(PlacementStrategy.CLUSTER)
                                        .tagSpecifications(tagged(ResourceType.PLACEMENT_GROUP))))
                .placementGroup();
    }

    @Override
    public void update(PlacementGroup observed, List<FieldChange> changes, State state) {
        updateTags(observed.groupId());
    }

    @Override
    public void delete(PlacementGroup observed, State state) {
        aws.delete(
                "ec2:DeletePlacementGroup",
                () -> aws.clients().ec2().deletePlacementGroup(r -> r.groupName(observed.groupName())));
    }
}
