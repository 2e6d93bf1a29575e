// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.CallerReader;
import io.osmo.backend.aws.internal.Concern;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.aws.internal.addon.AddonConcern;
import io.osmo.backend.aws.internal.backup.BackupConcern;
import io.osmo.backend.aws.internal.catalog.VersionsReader;
import io.osmo.backend.aws.internal.cluster.ClusterConcern;
import io.osmo.backend.aws.internal.cluster.ClusterReader;
import io.osmo.backend.aws.internal.encryption.EncryptionConcern;
import io.osmo.backend.aws.internal.identity.IdentityConcern;
import io.osmo.backend.aws.internal.network.NetworkConcern;
import io.osmo.backend.aws.internal.pool.PoolConcern;
import io.osmo.backend.aws.internal.sweep.Sweeps;
import io.osmo.backend.error.Violation;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts the concerns of an EKS backend together; each line of the list is one of them. */
final class AwsGraph {
    private static final List<Concern> CONCERNS = List.of(
            new NetworkConcern(),
            new EncryptionConcern(),
            new IdentityConcern(),
            new ClusterConcern(),
            new PoolConcern(),
            new AddonConcern(),
            new BackupConcern());

    /** Kinds that cost money by standing there. */
    private static final Set<String> BILLED =
            Set.of("nat-gateway", "elastic-ip", "vpc-endpoint", "kms-key", "eks-cluster", "node-group", "backup-vault");

    private AwsGraph() {}

    static List<Violation> validate(BackendSpec spec) {
        return CONCERNS.stream().flatMap(c -> c.validate(spec).stream()).toList();
    }

    /**
     * @param inside reads what is in a cluster, given an inventory that holds the cluster; runs beside the other readers
     */
    static CompletableFuture<Inventory> observe(
            AwsContext aws,
            Optional<BackendSpec> spec,
            Function<Inventory, CompletableFuture<Map<ResourceId, Observed<?>>>> inside) {
        CompletableFuture<Reading> cluster = new ClusterReader().read(aws, spec);
        List<CompletableFuture<Reading>> readings = new ArrayList<>();
        readings.add(cluster);
        readings.add(
                cluster.thenCompose(found -> inside.apply(found.toInventory())).thenApply(Reading::observed));
        readings.add(cluster.thenCompose(
                found -> VersionsReader.read(aws, spec, ClusterConcern.standing(found.toInventory()))));
        readings.add(new CallerReader().read(aws, spec));
        CONCERNS.forEach(c -> c.readers().forEach(r -> readings.add(r.read(aws, spec))));
        return Reading.all(readings).thenApply(Reading::toInventory);
    }

    static List<Violation> check(BackendSpec spec, Inventory inventory) {
        return CONCERNS.stream().flatMap(c -> c.check(spec, inventory).stream()).toList();
    }

    static List<Resource<?>> wanted(AwsContext aws, BackendSpec spec, Inventory inventory) {
        List<Resource<?>> graph = new ArrayList<>();
        CONCERNS.forEach(c -> graph.addAll(c.wanted(aws, spec, inventory)));
        return graph;
    }

    static List<Deletable<?>> owned(AwsContext aws, Inventory inventory) {
        Set<ResourceId> kept = kept(inventory);
        List<Deletable<?>> owned = new ArrayList<>();
        inventory.observed().forEach((id, observed) -> {
            if (observed.ownership() == Observed.Ownership.OURS && !kept.contains(id)) {
                CONCERNS.stream()
                        .flatMap(c -> c.owned(aws, id, observed.value()).stream())
                        .findFirst()
                        .ifPresent(owned::add);
            }
        });
        return Sweeps.among(aws, NetworkConcern.endpointsFirst(owned));
    }

    private static Set<ResourceId> kept(Inventory inventory) {
        return CONCERNS.stream().flatMap(c -> c.kept(inventory).stream()).collect(Collectors.toSet());
    }

    /** Reads everything again: what is ours, what is on its way out, and what the cluster has left behind. */
    static CompletableFuture<List<Leftover>> leftovers(AwsContext aws) {
        List<CompletableFuture<List<Leftover>>> parts = new ArrayList<>();
        parts.add(observe(aws, Optional.empty(), cluster -> CompletableFuture.completedFuture(Map.of()))
                .thenApply(AwsGraph::standing));
        CONCERNS.forEach(c -> parts.add(c.leftovers(aws)));
        parts.add(Sweeps.leftovers(aws));
        return Reading.sequence(parts)
                .thenApply(all -> all.stream().flatMap(List::stream).toList());
    }

    static List<Leftover> standing(Inventory inventory) {
        Set<ResourceId> kept = kept(inventory);
        return inventory.observed().entrySet().stream()
                .filter(e -> e.getValue().ownership() == Observed.Ownership.OURS)
                .map(e -> new Leftover(
                        e.getKey().kind(),
                        e.getKey().name(),
                        kept.contains(e.getKey())
                                ? "kept with the backups that need it"
                                : "still stands, tagged " + Tags.RESOURCE + "=" + e.getKey(),
                        BILLED.contains(e.getKey().kind())))
                .toList();
    }
}
