// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.SessionCache;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.facts.FactsReader;
import io.osmo.backend.gcp.internal.pool.PoolConcern;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One region of Google Cloud. Safe for concurrent use, as the vendor's clients are. */
final class GcpSession implements CloudSession {
    private final GcpClients clients;
    private final GkeSettings settings;
    private final String region;
    private final Scheduler scheduler;
    private final SessionCache cache = new SessionCache();
    private final GkeClusterSide clusterSide;

    GcpSession(GcpClients clients, GkeSettings settings, String region, Scheduler scheduler) {
        this.clients = clients;
        this.settings = settings;
        this.region = region;
        this.scheduler = scheduler;
        this.clusterSide = new GkeClusterSide(this::context, region, scheduler);
    }

    private GcpContext context(BackendRef ref) {
        return GcpContext.of(ref, clients, settings, scheduler, cache);
    }

    @Override
    public CompletableFuture<List<PreflightFinding>> preflight(BackendSpec spec) {
        return GcpPreflight.run(context(spec.ref()).with(spec), spec);
    }

    @Override
    public CompletableFuture<Inventory> observe(BackendRef ref, Optional<BackendSpec> spec) {
        GcpContext gcp = spec.map(s -> context(ref).with(s)).orElseGet(() -> context(ref));
        return GcpGraph.observe(gcp, spec)
                .thenCompose(cloud -> clusterSide.observe(cloud, ref, spec).thenApply(inside -> joined(cloud, inside)));
    }

    private static Inventory joined(Inventory cloud, Map<ResourceId, Observed<?>> inside) {
        Map<ResourceId, Observed<?>> all = new java.util.HashMap<>(cloud.observed());
        all.putAll(inside);
        return cloud.with(all);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return GcpGraph.check(spec, inventory);
    }

    @Override
    public List<String> warnings(BackendRef ref, Optional<BackendSpec> spec, Inventory inventory) {
        List<String> warnings = new ArrayList<>(PoolConcern.shortages(inventory));
        spec.ifPresent(s -> {
            warnings.addAll(GkeClusterSide.warnings(s));
            s.pools()
                    .forEach(pool -> pool.instanceTypes().stream()
                            .map(type -> Map.entry(type, MachineShape.parse(type)))
                            .filter(shape -> shape.getValue().translated())
                            .forEach(shape -> warnings.add(shape.getKey() + " is no machine type of Google Cloud; pool "
                                    + pool.name() + " gets " + shape.getValue().machineType() + " with "
                                    + shape.getValue().attached().orElse(""))));
        });
        return warnings;
    }

    @Override
    public List<Resource<?>> graph(BackendSpec spec, Inventory inventory) {
        GcpContext gcp = context(spec.ref()).with(spec);
        List<Resource<?>> graph = new ArrayList<>(GcpGraph.wanted(gcp, spec, inventory));
        graph.addAll(clusterSide.wanted(gcp, spec));
        return graph;
    }

    @Override
    public List<Deletable<?>> owned(BackendRef ref, Inventory inventory) {
        List<Deletable<?>> owned = new ArrayList<>(GcpGraph.owned(context(ref), inventory));
        owned.addAll(clusterSide.owned(ref, inventory));
        return owned;
    }

    @Override
    public Optional<ClusterAccess> access(Inventory inventory) {
        return clusterSide.access(inventory);
    }

    @Override
    public CompletableFuture<CloudFacts> facts(BackendRef ref) {
        return FactsReader.read(context(ref));
    }

    @Override
    public CompletableFuture<List<BackendRef>> list() {
        return BackendList.read(context(new BackendRef(GcpProvider.ID, region, "")));
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(BackendRef ref) {
        return GcpGraph.leftovers(context(ref));
    }

    @Override
    public void close() {
        clusterSide.close();
        clients.close();
    }
}
