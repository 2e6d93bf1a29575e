// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.Concern;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Ownership;
import io.osmo.backend.gcp.internal.backup.BackupConcern;
import io.osmo.backend.gcp.internal.cluster.ClusterConcern;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.gcp.internal.encryption.EncryptionConcern;
import io.osmo.backend.gcp.internal.identity.IdentityConcern;
import io.osmo.backend.gcp.internal.network.NetworkConcern;
import io.osmo.backend.gcp.internal.pool.PoolConcern;
import io.osmo.backend.gcp.internal.services.ServicesConcern;
import io.osmo.backend.gcp.internal.sweep.Sweep;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Puts the concerns of a GKE backend together; each line of the list is one of them. */
final class GcpGraph {
    private static final List<Concern> CONCERNS = List.of(
            new ServicesConcern(),
            new NetworkConcern(),
            new EncryptionConcern(),
            new IdentityConcern(),
            new ClusterConcern(),
            new PoolConcern(),
            new BackupConcern());

    /** Kinds that cost money by standing there. */
    private static final Set<String> BILLED = Set.of("router", "kms-key", "gke-cluster", "node-pool", "backup-plan");

    private GcpGraph() {}

    static List<Violation> validate(BackendSpec spec) {
        return CONCERNS.stream().flatMap(c -> c.validate(spec).stream()).toList();
    }

    static CompletableFuture<Inventory> observe(GcpContext gcp, Optional<BackendSpec> spec) {
        return Reading.all(CONCERNS.stream()
                        .flatMap(c -> c.readers().stream())
                        .map(r -> r.read(gcp, spec))
                        .toList())
                .thenApply(reading -> reading.and(pools(reading)).toInventory());
    }

    /** GKE describes a cluster with its pools; they are ours as the cluster is. */
    private static Reading pools(Reading reading) {
        return Optional.ofNullable(reading.observed().get(GkeCluster.ID))
                .filter(found -> found.ownership() == Observed.Ownership.OURS)
                .map(found -> Reading.observed(PoolConcern.observed((ObservedCluster) found.value())))
                .orElseGet(Reading::empty);
    }

    static List<Violation> check(BackendSpec spec, Inventory inventory) {
        return CONCERNS.stream().flatMap(c -> c.check(spec, inventory).stream()).toList();
    }

    static List<Resource<?>> wanted(GcpContext gcp, BackendSpec spec, Inventory inventory) {
        List<Resource<?>> graph = new ArrayList<>();
        CONCERNS.forEach(c -> graph.addAll(c.wanted(gcp, spec, inventory)));
        return graph;
    }

    static List<Deletable<?>> owned(GcpContext gcp, Inventory inventory) {
        Set<ResourceId> kept = kept(inventory);
        List<Deletable<?>> owned = new ArrayList<>();
        inventory.observed().forEach((id, observed) -> {
            if (observed.ownership() != Observed.Ownership.OURS || kept.contains(id)) {
                return;
            }
            CONCERNS.stream()
                    .flatMap(c -> c.owned(gcp, id, observed.value()).stream())
                    .findFirst()
                    .ifPresent(owned::add);
            if (observed.value() instanceof ObservedCluster cluster) {
                owned.addAll(PoolConcern.owned(gcp, cluster));
            }
        });
        if (!owned.isEmpty()) {
            owned.addAll(Sweep.all(gcp));
        }
        return owned;
    }

    private static Set<ResourceId> kept(Inventory inventory) {
        return CONCERNS.stream().flatMap(c -> c.kept(inventory).stream()).collect(Collectors.toSet());
    }

    /** Reads everything again: what is ours, what is on its way out, and what the cluster has left behind. */
    static CompletableFuture<List<Leftover>> leftovers(GcpContext gcp) {
        List<CompletableFuture<List<Leftover>>> parts = new ArrayList<>();
        parts.add(observe(gcp, Optional.empty()).thenApply(GcpGraph::standing));
        CONCERNS.forEach(c -> parts.add(c.leftovers(gcp)));
        parts.add(Sweep.leftovers(gcp));
        return Reading.sequence(parts)
                .thenApply(all -> all.stream().flatMap(List::stream).toList());
    }

    private static List<Leftover> standing(Inventory inventory) {
        Set<ResourceId> kept = kept(inventory);
        return inventory.observed().entrySet().stream()
                .filter(e -> e.getValue().ownership() == Observed.Ownership.OURS)
                .map(e -> new Leftover(
                        e.getKey().kind(),
                        e.getKey().name(),
                        kept.contains(e.getKey())
                                ? "kept with the backups in it"
                                : "still stands, marked " + Ownership.MANAGED_BY + "=" + Ownership.MANAGER,
                        BILLED.contains(e.getKey().kind())))
                .toList();
    }
}
