// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.CallerReader;
import io.osmo.backend.azure.internal.Home;
import io.osmo.backend.azure.internal.backup.BackupConcern;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.catalog.OffersReader;
import io.osmo.backend.azure.internal.cluster.ClusterConcern;
import io.osmo.backend.azure.internal.encryption.EncryptionConcern;
import io.osmo.backend.azure.internal.group.GroupConcern;
import io.osmo.backend.azure.internal.identity.IdentityConcern;
import io.osmo.backend.azure.internal.network.NetworkConcern;
import io.osmo.backend.azure.internal.pool.PoolConcern;
import io.osmo.backend.azure.internal.registration.RegistrationConcern;
import io.osmo.backend.azure.internal.sweep.NodeResourceGroup;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Reading;
import io.osmo.backend.spi.support.Concern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Puts the concerns of an AKS backend together; each line of the list is one of them. */
final class AzureGraph {
    private static final List<Concern<AzureContext>> CONCERNS = List.of(
            new RegistrationConcern(),
            new GroupConcern(),
            new NetworkConcern(),
            new IdentityConcern(),
            new EncryptionConcern(),
            new ClusterConcern(),
            new PoolConcern(),
            new BackupConcern());

    /** Kinds that cost money by standing there. */
    private static final Set<String> BILLED =
            Set.of("public-ip", "nat-gateway", "aks-cluster", "agent-pool", "storage-account", "backup-instance");

    private AzureGraph() {}

    static List<Violation> validate(BackendSpec spec) {
        return CONCERNS.stream().flatMap(c -> c.validate(spec).stream()).toList();
    }

    /** Reads all parts at the same time, and what the region offers only when something is to be made of it. */
    static CompletableFuture<Inventory> observe(AzureContext azure, Optional<BackendSpec> spec) {
        return read(azure, spec)
                .thenCompose(found -> spec.isEmpty() || stands(spec.get(), found.toInventory())
                        ? CompletableFuture.completedFuture(found.toInventory())
                        : withOffers(azure, found));
    }

    /** Reads all parts and what the region offers, whatever stands. */
    static CompletableFuture<Inventory> survey(AzureContext azure, BackendSpec spec) {
        return read(azure, Optional.of(spec)).thenCompose(found -> withOffers(azure, found));
    }

    private static CompletableFuture<Reading> read(AzureContext azure, Optional<BackendSpec> spec) {
        List<CompletableFuture<Reading>> parts = new ArrayList<>();
        parts.add(CallerReader.read(azure));
        CONCERNS.forEach(c -> c.readers().forEach(reader -> parts.add(reader.read(azure, spec))));
        return Reading.all(parts)
                .thenApply(reading -> reading.and(Reading.attachment(Home.class, new Home(azure.group()))));
    }

    private static CompletableFuture<Inventory> withOffers(AzureContext azure, Reading found) {
        return OffersReader.read(azure)
                .thenApply(offers ->
                        found.and(Reading.attachment(Offers.class, offers)).toInventory());
    }

    private static boolean stands(BackendSpec spec, Inventory inventory) {
        return ClusterConcern.stands(inventory) && PoolConcern.allStand(spec, inventory);
    }

    static List<Violation> check(BackendSpec spec, Inventory inventory) {
        return CONCERNS.stream().flatMap(c -> c.check(spec, inventory).stream()).toList();
    }

    static List<String> warnings(Optional<BackendSpec> spec, Inventory inventory) {
        List<String> warnings = new ArrayList<>(GroupConcern.warnings(inventory));
        spec.ifPresent(s -> {
            warnings.addAll(NetworkConcern.warnings(s));
            warnings.addAll(PoolConcern.warnings(s));
        });
        return warnings;
    }

    static List<Resource<?>> wanted(AzureContext azure, BackendSpec spec, Inventory inventory) {
        List<Resource<?>> graph = new ArrayList<>();
        CONCERNS.forEach(c -> graph.addAll(c.wanted(azure, spec, inventory)));
        return graph;
    }

    static List<Deletable<?>> owned(AzureContext azure, Inventory inventory) {
        List<Deletable<?>> owned = new ArrayList<>();
        inventory.observed().forEach((id, observed) -> {
            if (observed.ownership() == Observed.Ownership.OURS) {
                CONCERNS.stream()
                        .flatMap(c -> c.owned(azure, id, observed.value()).stream())
                        .findFirst()
                        .ifPresent(owned::add);
            }
        });
        if (!owned.isEmpty()) {
            owned.add(new NodeResourceGroup(azure));
        }
        return owned;
    }

    /** Reads everything again: what is ours, what can still be recovered, and what AKS has left behind. */
    static CompletableFuture<List<Leftover>> leftovers(AzureContext azure) {
        List<CompletableFuture<List<Leftover>>> parts = new ArrayList<>();
        parts.add(observe(azure, Optional.empty()).thenApply(AzureGraph::standing));
        CONCERNS.forEach(c -> parts.add(c.leftovers(azure)));
        parts.add(NodeResourceGroup.leftovers(azure));
        return Reading.sequence(parts)
                .thenApply(all -> all.stream().flatMap(List::stream).toList());
    }

    private static List<Leftover> standing(Inventory inventory) {
        return inventory.observed().entrySet().stream()
                .filter(e -> e.getValue().ownership() == Observed.Ownership.OURS)
                .map(e -> new Leftover(
                        e.getKey().kind(),
                        e.getValue().value() instanceof ArmObject object
                                ? object.id()
                                : e.getKey().name(),
                        "still stands",
                        BILLED.contains(e.getKey().kind())))
                .toList();
    }
}
