// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.NodeConfig;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.OffersReader;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.gcp.internal.catalog.Reservations;
import io.osmo.backend.gcp.internal.catalog.Versions;
import io.osmo.backend.gcp.internal.cluster.ClusterConcern;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.gcp.internal.encryption.EncryptionKey;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.SpecPaths;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pools of a backend. */
public final class PoolConcern implements Concern<GcpContext> {
    /** What is called in the project of a reservation, which may be another one. */
    public static final Set<String> IN_PROJECT_OF_RESERVATION = Set.of("compute.reservations.list");

    /** The pool that a cluster is created with. */
    public static com.google.container.v1.NodePool first(
            GcpContext context, BackendSpec spec, Offers offers, Placement placement) {
        return new DesiredPool(context, spec, DesiredPool.ordered(spec).get(0), offers, placement).nodePool();
    }

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(GkeNodePool.NEEDS);
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return PoolRules.validate(spec);
    }

    @Override
    public List<Reader<GcpContext>> readers() {
        return List.of(PoolReader.INSTANCE, ReservationReader.INSTANCE);
    }

    @Override
    public List<List<String>> choices(GcpContext context, NodePool pool, Inventory inventory) {
        return PoolGenerations.standing(pool, inventory)
                .map(type -> List.of(List.of(type)))
                .orElseGet(() -> MachineShape.choices(pool));
    }

    @Override
    public List<Violation> checkTypes(BackendSpec spec, Inventory inventory) {
        return PoolRules.check(spec, inventory.attachment(Offers.class).orElseThrow(), ours(inventory));
    }

    @Override
    public List<Reader<GcpContext>> choosers() {
        return List.of(OffersReader.INSTANCE, PoolReader.INSTANCE);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        Offers offers = inventory.attachment(Offers.class).orElseThrow();
        List<Violation> violations = new ArrayList<>(checkTypes(spec, inventory));
        if (violations.isEmpty()) {
            violations.addAll(reservations(spec, offers, inventory));
        }
        return violations;
    }

    private static List<Violation> reservations(BackendSpec spec, Offers offers, Inventory inventory) {
        Optional<Reservations> reservations = inventory.attachment(Reservations.class);
        Placement placement = ClusterConcern.placement(spec, inventory);
        return SpecPaths.eachPool(spec, (pool, path) -> {
            Optional<com.google.container.v1.NodePool> existing = ours(inventory).stream()
                    .map(ObservedPool::pool)
                    .filter(found -> PoolName.of(found, pool.name()).isPresent())
                    .findFirst();
            PoolPlace fresh = PoolPlace.fresh(pool, offers, placement);
            return ReservationRules.check(
                            pool,
                            path,
                            reservations,
                            existing.flatMap(found -> PoolPlace.kept(pool, found.getConfig()))
                                    .orElse(fresh.shape()),
                            existing.filter(found -> pool.zones().isEmpty())
                                    .<List<String>>map(found -> found.getLocationsList())
                                    .orElse(fresh.zones()),
                            existing.isPresent())
                    .stream()
                    .toList();
        });
    }

    @Override
    public List<String> warnings(GcpContext context, Optional<BackendSpec> spec, Inventory inventory) {
        List<String> warnings = new ArrayList<>();
        for (ObservedPool pool : ours(inventory)) {
            pool.shortage()
                    .ifPresent(text -> warnings.add(
                            GkeNodePool.id(pool.pool().getName()) + " exists without all of its nodes: " + text));
            spec.map(NodeVersion::of).flatMap(version -> version.warning(pool)).ifPresent(warnings::add);
        }
        spec.map(PoolRules::warnings).ifPresent(warnings::addAll);
        spec.ifPresent(wanted -> {
            warnings.addAll(belowMinimum(wanted, inventory));
            inventory.attachment(Offers.class).ifPresent(offers -> {
                warnings.addAll(leavesZones(context, wanted, inventory, offers));
                warnings.addAll(deprecated(context, wanted, inventory, offers));
                machines(context, wanted, inventory, offers)
                        .forEach(pool -> missingImage(pool, inventory)
                                .ifPresent(text ->
                                        warnings.add("pool " + pool.pool().name() + ": " + text)));
            });
            inventory
                    .attachment(Reservations.class)
                    .ifPresent(found -> warnings.addAll(ReservationRules.warnings(wanted.pools(), found)));
        });
        return warnings;
    }

    /** Disks are in one zone, and so are the pods that use them. */
    private static List<String> leavesZones(GcpContext context, BackendSpec spec, Inventory inventory, Offers offers) {
        return machines(context, spec, inventory, offers).stream()
                .flatMap(each -> ours(inventory).stream()
                        .map(ObservedPool::pool)
                        .filter(found -> PoolName.of(found, each.pool().name()).isPresent())
                        .flatMap(found -> found.getLocationsList().stream())
                        .filter(zone -> !each.wanted().getLocationsList().contains(zone))
                        .distinct()
                        .sorted()
                        .map(zone -> "pool " + each.pool().name() + " leaves " + zone
                                + ": pods with a volume in that zone cannot run elsewhere"))
                .toList();
    }

    /** What is no longer available, or not for long. Without it, the pool can neither grow nor replace a machine. */
    private static List<String> deprecated(GcpContext context, BackendSpec spec, Inventory inventory, Offers offers) {
        LocalDate today = LocalDate.ofInstant(context.scheduler().now(), ZoneOffset.UTC);
        return machines(context, spec, inventory, offers).stream()
                .flatMap(each -> offers.deprecations(each.shape(), found -> found.isWarning(today)).stream()
                        .map(text -> "pool " + each.pool().name() + ": " + text
                                + "; without it, the pool cannot get new nodes"))
                .toList();
    }

    /** What is wrong with the image type of a pool. GKE lists the types that it offers, and no day on which one ends. */
    public static Optional<String> missingImage(Machines pool, Inventory inventory) {
        String type = pool.wanted().getConfig().getImageType();
        return inventory
                .attachment(Versions.class)
                .filter(versions -> !versions.offersImage(type))
                .map(versions ->
                        "GKE no longer offers image type " + type + ", but " + String.join(", ", versions.images())
                                + (pool.existing().isPresent()
                                        ? "; without it, the pool cannot be upgraded"
                                        : "; without it, the pool cannot be created"));
    }

    private static List<String> belowMinimum(BackendSpec spec, Inventory inventory) {
        return ours(inventory).stream()
                .flatMap(found -> spec.pools().stream()
                        .filter(pool -> PoolName.of(found.pool(), pool.name()).isPresent())
                        .flatMap(pool -> new PoolMinimum(
                                        found, pool.scale().min(), pool.scale().max())
                                .warning().stream()))
                .toList();
    }

    private static List<ObservedPool> ours(Inventory inventory) {
        return inventory.observed().values().stream()
                .filter(found -> found.ownership() == Observed.Ownership.OURS && found.value() instanceof ObservedPool)
                .map(found -> (ObservedPool) found.value())
                .toList();
    }

    @Override
    public List<Guard> guards(GcpContext context, Inventory inventory, Set<ResourceId> removed) {
        if (!removed.contains(GkeCluster.ID)) {
            return List.of();
        }
        return inventory.observed().values().stream()
                .filter(found ->
                        found.ownership() == Observed.Ownership.FOREIGN && found.value() instanceof ObservedPool)
                .map(found -> ((ObservedPool) found.value()).pool().getName())
                .map(name -> new Guard(
                        "node pool " + name,
                        "is in the cluster and not of this backend",
                        "Move its work and delete it first: gcloud container node-pools delete " + name + "."))
                .toList();
    }

    @Override
    public List<Resource<?>> wanted(GcpContext context, BackendSpec spec, Inventory inventory) {
        Offers offers = inventory.attachment(Offers.class).orElseThrow();
        Placement placement = ClusterConcern.placement(spec, inventory);
        Optional<ObservedCluster> cluster = inventory.find(GkeCluster.ID, ObservedCluster.class);
        boolean fresh = cluster.filter(found -> !found.isGoing()).isEmpty();
        Placement created = cluster.map(ObservedCluster::placement).orElse(placement);
        List<Resource<?>> pools = new ArrayList<>();
        ResourceId before = GkeCluster.ID;
        for (NodePool pool : DesiredPool.ordered(spec)) {
            DesiredPool anew = new DesiredPool(context, spec, pool, offers, placement);
            PoolGenerations generations =
                    PoolGenerations.of(pool, inventory, found -> anew.keeping(found.pool(), placement, created));
            DesiredPool desired = desired(anew, generations, placement, created);
            GkeNodePool wanted = new GkeNodePool(
                    context,
                    placement.location(),
                    desired.replacing(generations.running()),
                    NodeVersion.of(spec),
                    Set.of(before, EncryptionKey.ID),
                    fresh && pools.isEmpty(),
                    generations.replaced());
            pools.add(wanted);
            before = wanted.id();
        }
        return pools;
    }

    /** What is known of the reservations that the spec names, a line for each pool and zone. */
    public static List<String> readReservations(BackendSpec spec, Inventory inventory) {
        return inventory
                .attachment(Reservations.class)
                .map(found -> ReservationRules.describe(spec.pools(), found))
                .orElse(List.of());
    }

    /** Which of them could not be read, and why. */
    public static List<String> unreadReservations(BackendSpec spec, Inventory inventory) {
        return inventory
                .attachment(Reservations.class)
                .map(found -> ReservationRules.unread(spec.pools(), found))
                .orElse(List.of());
    }

    private static DesiredPool desired(
            DesiredPool anew, PoolGenerations generations, Placement placement, Placement created) {
        return generations
                .existing()
                .map(found -> anew.keeping(found.pool(), placement, created))
                .orElseGet(() -> anew.generation(generations.wanted()));
    }

    /**
     * The machines of a pool of the spec, as they are wanted.
     *
     * @param id the node pool
     * @param nodes that the node pool has by now; those of node pools that it replaces are not among them
     * @param existing the node pool as it is
     */
    public record Machines(
            ResourceId id,
            NodePool pool,
            MachineShape shape,
            com.google.container.v1.NodePool wanted,
            int nodes,
            Optional<com.google.container.v1.NodePool> existing) {
        /** The nodes that are there, when they are going to be of another machine type. */
        public Optional<NodeConfig> leaves() {
            return existing.map(com.google.container.v1.NodePool::getConfig)
                    .filter(config -> !config.getMachineType().equals(shape.machineType()));
        }
    }

    public static List<Machines> machines(GcpContext context, BackendSpec spec, Inventory inventory, Offers offers) {
        Placement placement = ClusterConcern.placement(spec, inventory);
        Placement created = inventory
                .find(GkeCluster.ID, ObservedCluster.class)
                .map(ObservedCluster::placement)
                .orElse(placement);
        return DesiredPool.ordered(spec).stream()
                .map(pool -> {
                    DesiredPool anew = new DesiredPool(context, spec, pool, offers, placement);
                    PoolGenerations generations = PoolGenerations.of(
                            pool, inventory, found -> anew.keeping(found.pool(), placement, created));
                    DesiredPool desired = desired(anew, generations, placement, created);
                    com.google.container.v1.NodePool wanted = desired.nodePool();
                    return new Machines(
                            GkeNodePool.id(wanted.getName()),
                            pool,
                            desired.shape(),
                            wanted,
                            generations.existing().flatMap(ObservedPool::nodes).orElse(0),
                            generations.existing().map(ObservedPool::pool));
                })
                .toList();
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext context, ResourceId id, Object observed) {
        return observed instanceof ObservedPool pool ? Optional.of(new GkeNodePool(context, pool)) : Optional.empty();
    }
}
