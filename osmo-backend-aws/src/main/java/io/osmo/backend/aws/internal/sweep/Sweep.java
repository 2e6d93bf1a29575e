// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.network.ObservedVpc;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deletes all objects of one kind that the cluster has left behind. */
public abstract class Sweep extends AwsResource<SweptObjects> {
    static final String KIND = "sweep";

    public static final ResourceId LOAD_BALANCERS = id("load-balancers");
    public static final ResourceId VOLUMES = id("volumes");
    public static final ResourceId NETWORK_INTERFACES = id("network-interfaces");
    public static final ResourceId SECURITY_GROUPS = id("security-groups");
    public static final ResourceId LOG_GROUP = id("log-group");

    private static final Timing TIMING = new Timing(
            Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMinutes(15));

    private final boolean billed;

    /** @param billed whether leaving them costs money */
    Sweep(AwsContext context, ResourceId id, Set<ResourceId> after, boolean billed) {
        super(
                context,
                id,
                SweptObjects.class,
                after,
                TIMING,
                id.name().replace('-', ' ') + " that the cluster left behind");
        this.billed = billed;
    }

    private static ResourceId id(String name) {
        return ResourceId.of(KIND, name);
    }

    /**
     * Looks for them.
     *
     * @param vpc the VPC if it is the backend's own, so that everything in it can be deleted
     * @return their ids, in any order
     */
    abstract List<String> find(Optional<String> vpc);

    /** Deletes one of them. */
    abstract void delete(String found);

    @Override
    public final boolean billed() {
        return billed;
    }

    @Override
    public final Optional<SweptObjects> read(State state) {
        List<String> found = find(state.find(VpcNetwork.ID, ObservedVpc.class).map(ObservedVpc::id));
        return found.isEmpty() ? Optional.empty() : Optional.of(new SweptObjects(found));
    }

    @Override
    public void delete(SweptObjects observed, State state) {
        observed.ids().forEach(this::delete);
    }

    final List<Leftover> leftovers() {
        return new SweptObjects(find(Optional.empty()))
                .ids().stream()
                        .map(found -> new Leftover(id().name(), found, "left behind by the cluster", billed))
                        .toList();
    }
}
