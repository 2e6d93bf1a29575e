// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.network.ObservedVpc;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deletes all objects of one kind that the cluster has left behind. */
abstract class Sweep implements Deletable<Found> {
    static final String KIND = "sweep";
    static final ResourceId LOAD_BALANCERS = ResourceId.of(KIND, "load-balancers");
    static final ResourceId VOLUMES = ResourceId.of(KIND, "volumes");
    static final ResourceId NETWORK_INTERFACES = ResourceId.of(KIND, "network-interfaces");
    static final ResourceId SECURITY_GROUPS = ResourceId.of(KIND, "security-groups");
    static final ResourceId LOG_GROUP = ResourceId.of(KIND, "log-group");

    private static final Timing TIMING = new Timing(
            Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMinutes(15));

    protected final AwsContext aws;
    private final ResourceId id;
    private final Set<ResourceId> after;
    private final String what;
    private final boolean billed;

    /** @param billed whether leaving them costs money */
    Sweep(AwsContext aws, ResourceId id, Set<ResourceId> after, String what, boolean billed) {
        this.aws = aws;
        this.id = id;
        this.after = Set.copyOf(after);
        this.what = what;
        this.billed = billed;
    }

    /** Looks for them. */
    abstract Found find(Optional<String> vpc);

    /** Deletes one of them. */
    abstract void delete(String found);

    @Override
    public final ResourceId id() {
        return id;
    }

    @Override
    public final Class<Found> type() {
        return Found.class;
    }

    @Override
    public final Set<ResourceId> after() {
        return after;
    }

    @Override
    public final Optional<Found> read(State state) {
        return Optional.of(find(state.find(VpcNetwork.ID, ObservedVpc.class).map(ObservedVpc::id)))
                .filter(found -> !found.ids().isEmpty());
    }

    @Override
    public final Readiness readiness(Found observed) {
        return Readiness.ready();
    }

    @Override
    public void delete(Found observed, State state) {
        observed.ids().forEach(this::delete);
    }

    @Override
    public final Timing timing() {
        return TIMING;
    }

    @Override
    public final String describe() {
        return what + " that the cluster left behind";
    }

    final List<Leftover> leftovers() {
        return find(Optional.empty()).ids().stream()
                .map(found -> new Leftover(id.name(), found, "left behind by the cluster", billed))
                .toList();
    }
}
