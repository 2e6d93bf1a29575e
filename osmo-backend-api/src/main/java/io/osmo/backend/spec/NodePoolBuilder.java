// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Describes one pool. Methods that take a list replace it; {@link #label} and {@link #taint} add. Nothing is checked before
 * {@link BackendSpecBuilder#build()}. Not safe for concurrent use.
 */
public final class NodePoolBuilder {
    private final String name;
    private final PoolRole role;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Set<Taint> taints = new LinkedHashSet<>();
    private List<String> instanceTypes = List.of();
    private List<String> zones = List.of();
    private Scale scale;
    private int diskGib;
    private boolean tainted;
    private boolean spot;
    private @Nullable String reservation;
    private final List<PoolAlternative> fallback = new ArrayList<>();
    private Replacement replacement = Replacement.SURGE;
    private int drainMinutes = 60;
    private FailurePolicy onFailure = FailurePolicy.KEEP;

    NodePoolBuilder(String name, PoolRole role) {
        this.name = Objects.requireNonNull(name, "name");
        this.role = role;
        this.tainted = role == PoolRole.GPU;
        this.scale = switch (role) {
            case OPERATOR -> new Scale(1, 3, 1);
            case CPU -> new Scale(1, 10, 1);
            case GPU -> new Scale(0, 10, 0);
        };
        this.diskGib = role == PoolRole.GPU ? 200 : 100;
        labels.putAll(role.labels());
    }

    static NodePoolBuilder of(NodePool pool) {
        NodePoolBuilder builder = new NodePoolBuilder(pool.name(), pool.role());
        builder.labels.clear();
        builder.labels.putAll(pool.labels());
        builder.tainted = pool.taints().contains(pool.role().standardTaint());
        builder.taints.addAll(pool.taints());
        builder.instanceTypes = pool.instanceTypes();
        builder.zones = pool.zones();
        builder.scale = pool.scale();
        builder.diskGib = pool.diskGib();
        builder.spot = pool.spot();
        builder.reservation = pool.reservation().orElse(null);
        builder.fallback.addAll(pool.fallback());
        builder.replacement = pool.replacement();
        builder.drainMinutes = pool.drainMinutes();
        builder.onFailure = pool.onFailure();
        return builder;
    }

    /** The one instance type of the pool, in the cloud's own spelling, such as {@code m7i.2xlarge} (OP-2, CN-1). */
    public NodePoolBuilder instanceType(String type) {
        return instanceTypes(type);
    }

    /** Instance types in order of preference. Optional for the operator pool: the provider then picks one (OP-2). */
    public NodePoolBuilder instanceTypes(String... types) {
        instanceTypes = List.of(types);
        return this;
    }

    /**
     * Bounds over the whole pool, all zones together; the pool starts at {@code min}. Default: operator pool 1 to 3 (OP-3),
     * CPU pools 1 to 10, GPU pools 0 to 10 (CN-2).
     */
    public NodePoolBuilder scale(int min, int max) {
        return scale(min, max, min);
    }

    /** Bounds over the whole pool, and the number of nodes that it starts with. */
    public NodePoolBuilder scale(int min, int max, int initial) {
        scale = new Scale(min, max, initial);
        return this;
    }

    /**
     * Adds a label to the nodes, or overrides one that the {@linkplain PoolRole#labels() role} sets; compute pools can set
     * their own {@code node-type} (CN-3). A GPU pool with {@code nvidia.com/gpu.present} other than {@code true} does not
     * scale up from zero for workflows on OSMO's GPU platform.
     */
    public NodePoolBuilder label(String key, String value) {
        labels.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** A further taint of the nodes. */
    public NodePoolBuilder taint(String key, String value, Taint.Effect effect) {
        return taint(new Taint(key, value, effect));
    }

    /** A further taint of the nodes. */
    public NodePoolBuilder taint(Taint taint) {
        taints.add(Objects.requireNonNull(taint, "taint"));
        tainted |= taint.equals(role.standardTaint());
        return this;
    }

    /**
     * Whether the nodes have the role's {@linkplain PoolRole#standardTaint() standard taint}, which keeps other pods off the
     * nodes (OP-5, CN-4). Default: GPU pools yes, others no.
     */
    public NodePoolBuilder tainted(boolean on) {
        tainted = on;
        return this;
    }

    /** Root disk in GiB, 50 to 16384 (OP-2). Default: 100, GPU pools 200. */
    public NodePoolBuilder diskGib(int gib) {
        diskGib = gib;
        return this;
    }

    /** Zones of this pool by name; none means all zones of the network. */
    public NodePoolBuilder zones(String... names) {
        zones = List.of(names);
        return this;
    }

    /** Whether the nodes are spot capacity, which the cloud may take back at any time. Default: no. */
    public NodePoolBuilder spot(boolean on) {
        spot = on;
        return this;
    }

    /** Capacity reservation or capacity block in the cloud's own spelling, such as {@code cr-0abc}. Excludes spot. */
    public NodePoolBuilder reservation(String id) {
        reservation = Objects.requireNonNull(id, "id");
        return this;
    }

    /**
     * Adds an alternative for the case that the cloud has no capacity for the pool, such as another type, other zones, a reservation or
     * spot capacity. An apply that finds no capacity tries the alternatives in the order of these calls. A pool that runs as one of its
     * alternatives is kept as long as the spec lists that alternative.
     */
    public NodePoolBuilder fallback(Consumer<PoolAlternativeBuilder> alternative) {
        PoolAlternativeBuilder builder = new PoolAlternativeBuilder();
        alternative.accept(builder);
        fallback.add(builder.draft());
        return this;
    }

    /** Removes all alternatives. */
    public NodePoolBuilder noFallback() {
        fallback.clear();
        return this;
    }

    /** How the pool is replaced when a change cannot be made in place. Default: {@link Replacement#SURGE}. */
    public NodePoolBuilder replacement(Replacement how) {
        replacement = Objects.requireNonNull(how, "how");
        return this;
    }

    /**
     * How long draining the pool's nodes may take before an apply gives up and leaves the pool as it is, in minutes, 1 to 10080.
     * Pods are evicted within their PodDisruptionBudgets; pods without a controller are not evicted but waited for. Default: 60.
     */
    public NodePoolBuilder drainMinutes(int minutes) {
        drainMinutes = minutes;
        return this;
    }

    /** What an apply does when this pool cannot be created. Default: {@link FailurePolicy#KEEP}. */
    public NodePoolBuilder onFailure(FailurePolicy policy) {
        onFailure = Objects.requireNonNull(policy, "policy");
        return this;
    }

    String name() {
        return name;
    }

    NodePool draft() {
        List<Taint> all = new ArrayList<>();
        if (tainted) {
            all.add(role.standardTaint());
        }
        taints.stream().filter(t -> !t.equals(role.standardTaint())).forEach(all::add);
        ImmutableNodePool.Builder pool = ImmutableNodePool.builder()
                .name(name)
                .role(role)
                .instanceTypes(instanceTypes)
                .scale(scale)
                .labels(labels)
                .taints(all)
                .diskGib(diskGib)
                .zones(zones)
                .spot(spot)
                .fallback(fallback)
                .replacement(replacement)
                .drainMinutes(drainMinutes)
                .onFailure(onFailure);
        if (reservation != null) {
            pool.reservation(reservation);
        }
        return pool.build();
    }
}
