// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ec2Names;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.PlacementGroup;
import software.amazon.awssdk.services.ec2.model.PlacementStrategy;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** Packs the nodes of a pool closely together within one zone, for traffic between GPUs. */
public final class PoolPlacement extends Ec2Resource<PlacementGroup> {
    static final String KIND = "placement-group";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("ec2:DescribePlacementGroups")
            .create("ec2:CreatePlacementGroup", "ec2:CreateTags")
            .update("ec2:CreateTags")
            .delete("ec2:DeletePlacementGroup");

    static final Ec2Kind<PlacementGroup> GROUPS = new Ec2Kind<>(
            PlacementGroup.class,
            "ec2:DescribePlacementGroups",
            (ec2, filters) ->
                    ec2.describePlacementGroups(r -> r.filters(filters)).placementGroups(),
            "group-id",
            PlacementGroup::groupId,
            PlacementGroup::tags);

    /** A region has each name once. */
    static final Ec2Names<PlacementGroup> NAMES = new Ec2Names<>(GROUPS, "group-name", PlacementGroup::groupName);

    private final String pool;

    PoolPlacement(AwsContext context, String pool) {
        super(context, GROUPS, id(pool), Set.of(), "placement group of pool " + pool, null);
        this.pool = pool;
    }

    static ResourceId id(String pool) {
        return ResourceId.of(KIND, pool);
    }

    static String name(AwsContext context, String pool) {
        return "osmo-" + context.name() + "-" + pool;
    }

    @Override
    public Optional<String> pool() {
        return Optional.of(pool);
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
    public PlacementGroup create(State state) {
        return context.call(
                        "ec2:CreatePlacementGroup",
                        () -> context.ec2()
                                .createPlacementGroup(r -> r.groupName(name(context, pool))
                                        .strategy(PlacementStrategy.CLUSTER)
                                        .tagSpecifications(tagged(ResourceType.PLACEMENT_GROUP))))
                .placementGroup();
    }

    @Override
    public void delete(PlacementGroup observed, State state) {
        context.delete(
                "ec2:DeletePlacementGroup",
                () -> context.ec2().deletePlacementGroup(r -> r.groupName(observed.groupName())));
    }
}
