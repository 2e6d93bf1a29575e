// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import io.osmo.backend.azure.internal.Arm;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Home;
import io.osmo.backend.azure.internal.facts.FactsReader;
import io.osmo.backend.azure.internal.group.DeletionLocks;
import io.osmo.backend.azure.internal.group.GroupConcern;
import io.osmo.backend.azure.internal.preflight.Preflight;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** One region of one subscription. Safe for concurrent use. */
final class AzureSession implements CloudSession {
    private final AzureClients clients;
    private final Arm arm;
    private final AksSettings settings;
    private final String region;
    private final Scheduler scheduler;
    private final AksClusterSide clusterSide;

    AzureSession(AzureClients clients, AksSettings settings, String region, Scheduler scheduler) {
        this.clients = clients;
        this.arm = new Arm(clients);
        this.settings = settings;
        this.region = region;
        this.scheduler = scheduler;
        this.clusterSide = new AksClusterSide(scheduler, this::context);
    }

    private AzureContext context(String name) {
        return context(new BackendRef(AzureProvider.ID, region, name));
    }

    private AzureContext context(BackendRef ref) {
        return AzureContext.of(ref, clients, arm, settings, scheduler);
    }

    /** Without a spec it may live in a group that is not ours. */
    private CompletableFuture<AzureContext> located(BackendRef ref, Optional<BackendSpec> spec) {
        AzureContext azure = context(ref);
        return spec.isPresent() || settings.resourceGroup().isPresent()
                ? CompletableFuture.completedFuture(azure)
                : BackendList.home(azure).thenApply(azure::in);
    }

    private AzureContext located(BackendRef ref, Inventory inventory) {
        AzureContext azure = context(ref);
        return inventory.attachment(Home.class).map(azure::in).orElse(azure);
    }

    @Override
    public CompletableFuture<List<PreflightFinding>> preflight(BackendSpec spec) {
        AzureContext azure = context(spec.ref()).with(spec);
        return Preflight.run(azure, spec, () -> AzureGraph.survey(azure, spec), AzureGraph::check);
    }

    @Override
    public CompletableFuture<Inventory> observe(BackendRef ref, Optional<BackendSpec> spec) {
        return located(ref, spec)
                .thenCompose(azure -> AzureGraph.observe(azure, spec))
                .thenCompose(cloud -> clusterSide.observe(cloud, ref, spec));
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return AzureGraph.check(spec, inventory);
    }

    @Override
    public List<String> warnings(BackendRef ref, Optional<BackendSpec> spec, Inventory inventory) {
        return AzureGraph.warnings(spec, inventory);
    }

    @Override
    public List<Resource<?>> graph(BackendSpec spec, Inventory inventory) {
        AzureContext azure = context(spec.ref()).with(spec);
        List<Resource<?>> graph = new ArrayList<>(AzureGraph.wanted(azure, spec, inventory));
        graph.addAll(clusterSide.wanted(azure, spec));
        return graph;
    }

    @Override
    public List<Deletable<?>> owned(BackendRef ref, Inventory inventory) {
        AzureContext azure = located(ref, inventory);
        List<Deletable<?>> owned = new ArrayList<>(AzureGraph.owned(azure, inventory));
        owned.addAll(clusterSide.owned(ref, inventory));
        if (!GroupConcern.locks(inventory).isEmpty() && !owned.isEmpty()) {
            owned.add(new DeletionLocks(azure, owned.stream().map(Deletable::id).collect(Collectors.toSet())));
        }
        return owned;
    }

    @Override
    public Optional<ClusterAccess> access(Inventory inventory) {
        return clusterSide.access(inventory);
    }

    @Override
    public CompletableFuture<CloudFacts> facts(BackendRef ref) {
        return located(ref, Optional.empty()).thenCompose(FactsReader::read);
    }

    @Override
    public CompletableFuture<List<BackendRef>> list() {
        return BackendList.read(context(""));
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(BackendRef ref) {
        return located(ref, Optional.empty()).thenCompose(AzureGraph::leftovers);
    }

    @Override
    public void close() {
        clusterSide.close();
        clients.close();
    }
}
