// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import io.osmo.backend.cluster.AddressRanges;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.kubernetes.internal.chart.ChartValues;
import io.osmo.backend.kubernetes.internal.resource.OtherBackends;
import io.osmo.backend.kubernetes.internal.resource.StorageClasses;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Incarnation;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.ServiceDefaults;
import io.osmo.backend.spi.provider.ClusterNodes;
import io.osmo.backend.spi.provider.ClusterPart;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * The resources inside a managed cluster, combined with what the cloud knows about it. A provider decides how the cluster is reached and
 * which StorageClass it gets. Safe for concurrent use.
 *
 * @param <C> one backend of one cloud
 * @param <K> what is observed of the cluster
 */
public abstract class ManagedClusterPart<C extends ProviderContext, K> implements ClusterPart<C> {
    private final ServiceDefaults defaults;
    private final ResourceId clusterId;
    private final Class<K> clusterType;
    private final ClusterSide side;

    /**
     * @param defaults what the managed service does by default
     * @param clusterId id of the cluster
     */
    protected ManagedClusterPart(
            Scheduler scheduler, ServiceDefaults defaults, ResourceId clusterId, Class<K> clusterType) {
        this.defaults = defaults;
        this.clusterId = clusterId;
        this.clusterType = clusterType;
        this.side = ClusterSide.open(
                scheduler,
                state -> state.find(clusterId, clusterType).flatMap(this::access),
                state -> state.find(clusterId, clusterType).isPresent());
    }

    /** How the cluster is reached; empty while it does not answer. Pure, and cheap because it is called before each call. */
    protected abstract Optional<ClusterAccess> access(K cluster);

    /** What the cloud gives to no other cluster, even of the same name; empty if that is not known yet. Pure. */
    protected abstract Optional<String> incarnation(K cluster);

    /** The default StorageClass of the backend; empty if the cluster keeps its existing one. Pure. */
    protected abstract Optional<DefaultStorageClass> storageClass(C context, BackendSpec spec, Inventory inventory);

    /** The reader of the network that {@link #ranges} needs; empty if it needs none. */
    protected Optional<Reader<C>> network() {
        return Optional.empty();
    }

    /**
     * Address ranges of the existing cluster, otherwise those of the spec; empty if not known. Pure.
     *
     * @param cloud contains the cluster, if there is one, and the reading of the {@linkplain #network network}
     */
    protected Optional<AddressRanges> ranges(BackendSpec spec, Inventory cloud) {
        return Optional.empty();
    }

    /**
     * What chart values depend on in addition to the spec. Default: what the managed service does by default. Pure.
     *
     * @param cloud holds the cluster, if there is one
     */
    protected ServiceDefaults defaults(Inventory cloud) {
        return defaults;
    }

    /** Values for the chart of Cluster Autoscaler; empty when the cluster needs none. Pure. */
    protected Map<String, ?> autoscaler(BackendSpec spec, Inventory cloud) {
        return Map.of();
    }

    /** What charts depend on, in addition to the cluster, the resources in it, and the pools that always have nodes. Pure. */
    protected Set<ResourceId> beforeCharts(C context, BackendSpec spec) {
        return Set.of();
    }

    /** The resources of this provider in the cluster, in addition to those that every backend has. Pure. */
    protected List<Resource<?>> additions(C context, BackendSpec spec, Inventory inventory) {
        return List.of();
    }

    /** Whether the resources in the cluster are managed. */
    protected boolean managed() {
        return true;
    }

    /** Whether the cluster is the backend's own, so that its destruction deletes it with everything in it. */
    protected boolean ownsCluster() {
        return true;
    }

    /** Whether load balancers and volumes of workloads are released through the cluster before it is deleted. */
    protected boolean releasesWorkloads() {
        return true;
    }

    /** Whether pools are created and deleted, and therefore drained. */
    protected boolean managesPools() {
        return true;
    }

    /** Makes resources in the cluster. */
    protected final ClusterSide side() {
        return side;
    }

    /** What must exist before anything in the cluster. */
    protected final Set<ResourceId> after() {
        return Set.of(clusterId);
    }

    @Override
    public final Optional<Incarnation> incarnation(Inventory inventory) {
        return inventory
                .find(clusterId, clusterType)
                .flatMap(this::incarnation)
                .map(id -> new Incarnation(clusterId, id));
    }

    @Override
    public final Optional<ClusterAccess> access(Inventory inventory) {
        return Optional.ofNullable(inventory.observed().get(clusterId))
                .filter(found -> found.ownership() != Observed.Ownership.FOREIGN)
                .flatMap(found -> access(clusterType.cast(found.value())));
    }

    /** Charts are given the address ranges. */
    @Override
    public final List<Reader<C>> readers(Optional<BackendSpec> spec) {
        boolean hasCharts = spec.filter(wanted -> !wanted.charts().isEmpty()).isPresent();
        return managed() && hasCharts ? network().stream().toList() : List.of();
    }

    @Override
    public final CompletableFuture<Reading> read(Inventory cloud, BackendRef ref, Optional<BackendSpec> spec) {
        Optional<ClusterAccess> access = access(cloud);
        if (!managed()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        Optional<ChartValues> values = spec.map(
                wanted -> new ChartValues(wanted, defaults(cloud), ranges(wanted, cloud), autoscaler(wanted, cloud)));
        if (access.isEmpty()) {
            return side.charts().read(access, ref, values, Reading.empty());
        }
        CompletableFuture<Reading> inside = side.observe(access.get(), ref, spec)
                .thenApply(Reading::observed)
                .thenCompose(
                        found -> side.charts().read(access, ref, values, found).thenApply(found::and));
        CompletableFuture<Reading> cordoned = managesPools() && spec.isPresent()
                ? side.cordonedNodes(access.get()).thenApply(Reading::observed)
                : CompletableFuture.completedFuture(Reading.empty());
        return Reading.all(List.of(inside, cordoned)).exceptionally(failure -> {
            Throwable cause = Futures.cause(failure);
            // What is in a cluster that goes need not be known; in one that stays it is all that there is to delete.
            if (ownsCluster() && spec.isEmpty() && cause instanceof CloudException refused && isUnreachable(refused)) {
                return Reading.empty();
            }
            throw new CompletionException(cause);
        });
    }

    private static boolean isUnreachable(CloudException refused) {
        return refused.error() == CloudError.UNAVAILABLE || refused.error() == CloudError.NOT_AUTHORIZED;
    }

    @Override
    public final CompletableFuture<Fact<ClusterNodes>> nodes(Inventory cloud) {
        return access(cloud)
                .map(access -> Facts.of(side.nodes(access)))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        Fact.unknown("there is no cluster yet, or it does not answer")));
    }

    @Override
    public final List<Resource<?>> wanted(C context, BackendSpec spec, Inventory inventory, List<Resource<?>> pools) {
        if (!managed()) {
            return List.of();
        }
        List<Resource<?>> wanted = new ArrayList<>(side.graph(
                spec, side.charts().ownership(spec.ref(), inventory), storageClass(context, spec, inventory), after()));
        wanted.addAll(additions(context, spec, inventory));
        Set<ResourceId> before = new HashSet<>();
        wanted.forEach(resource -> before.add(resource.id()));
        pools.stream().filter(pool -> isAlwaysUp(pool, spec)).forEach(pool -> before.add(pool.id()));
        if (!spec.charts().isEmpty()) {
            before.addAll(beforeCharts(context, spec));
        }
        wanted.addAll(side.charts().wanted(spec, inventory, after(), before));
        return wanted;
    }

    /** Whether a pool always has nodes that workloads of charts may run on; a GPU pool may fail without stopping them. */
    private static boolean isAlwaysUp(Resource<?> pool, BackendSpec spec) {
        return spec.pools().stream()
                .filter(known -> pool.pool().filter(known.name()::equals).isPresent())
                .anyMatch(known -> known.role() != PoolRole.GPU && known.scale().min() > 0);
    }

    @Override
    public final List<Violation> check(BackendSpec spec, Inventory inventory) {
        return managed() ? side.charts().check(spec, inventory) : List.of();
    }

    /** Volumes stay when their StorageClass goes, and claims that name it stay too. With the cluster, both go. */
    @Override
    public final List<String> warnings(C context, Optional<BackendSpec> spec, Inventory inventory) {
        if (!managed() || spec.isEmpty() && managesPools()) {
            return List.of();
        }
        Optional<String> kept =
                spec.flatMap(wanted -> storageClass(context, wanted, inventory)).map(DefaultStorageClass::name);
        Set<String> leaving = StorageClasses.owned(inventory, side.charts().taken(inventory));
        leaving.addAll(side.charts().leavingClasses(inventory));
        kept.ifPresent(leaving::remove);
        return leaving.stream().map(name -> StorageClasses.farewell(name, kept)).toList();
    }

    @Override
    public final List<Guard> guards(Inventory inventory, Set<ResourceId> removed) {
        List<Guard> guards = new ArrayList<>(side.charts().guards(inventory, removed, clusterId));
        if (!removed.contains(clusterId)) {
            guards.addAll(OtherBackends.guards(inventory, removed));
        }
        return guards;
    }

    @Override
    public final List<Deletable<?>> owned(BackendRef ref, Inventory inventory, Set<ResourceId> needed) {
        if (!managed()) {
            return List.of();
        }
        Set<ResourceId> taken = side.charts().taken(inventory);
        List<Deletable<?>> owned = side.owned(ref, inventory, clusterId).stream()
                .filter(object -> !taken.contains(object.id()))
                .collect(Collectors.toCollection(ArrayList::new));
        owned.addAll(side.charts().owned(ref, inventory, clusterId));
        if (releasesWorkloads() && side.answered(inventory)) {
            owned.addAll(side.workloads(needed));
        }
        return owned;
    }

    @Override
    public final Optional<Resource<?>> keptPools(Inventory inventory, List<Resource<?>> pools) {
        Map<ResourceId, NodeLabel> labels = new HashMap<>();
        pools.forEach(pool -> pool.nodes().ifPresent(nodes -> labels.put(pool.id(), nodes)));
        return managed() ? side.keptPools(inventory, labels, after()) : Optional.empty();
    }

    @Override
    public final Optional<Deletable<?>> drain(Deletable<?> pool, NodeLabel nodes, Duration deadline, boolean endsWork) {
        return managed()
                ? Optional.of(side.drain(
                        PoolDrain.of(pool, nodes.toString()).deadline(deadline).endsWork(endsWork),
                        clusterId,
                        pool::stopGrowth))
                : Optional.empty();
    }

    @Override
    public final void close() {
        side.close();
    }
}
