// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.kubernetes.existing.ClusterSource;
import io.osmo.backend.kubernetes.existing.ExistingProvider;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.ServiceDefaults;
import io.osmo.backend.spi.provider.ProviderParts;
import io.osmo.backend.spi.provider.ProviderSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** One existing cluster. Safe for concurrent use. */
public final class ExistingSession extends ProviderSession<ExistingContext> {
    private static final ProviderParts<ExistingContext> PARTS = new ProviderParts<>(
            ExistingProvider.ID,
            ExistingGraph.graph(),
            ClusterReader.INSTANCE,
            ExistingPreflight.PREFLIGHT,
            ExistingFacts::read,
            Optional.empty(),
            Optional.empty(),
            ExistingSession::backends);

    private final ExistingSettings settings;
    private final ExistingCluster cluster;

    public ExistingSession(ClusterSource source, ExistingSettings settings, String region, Scheduler scheduler) {
        super(PARTS, region, scheduler, new ExistingClusterPart(scheduler));
        this.settings = settings;
        this.cluster = new ExistingCluster(source, settings);
    }

    @Override
    protected ExistingContext context(BackendRef ref) {
        return new ExistingContext(ref, scheduler(), cache(), settings, cluster);
    }

    @Override
    protected ExistingContext context(BackendSpec spec) {
        return context(spec.ref());
    }

    @Override
    public CompletableFuture<Optional<ServiceDefaults>> defaultsByNodes(BackendRef ref) {
        return context(ref)
                .read("list Nodes", client -> client.nodes().list().getItems())
                .thenApply(nodes -> Optional.of(new NodeDefaults(nodes)));
    }

    /** The backends whose namespaces are in the cluster. */
    private static CompletableFuture<List<BackendRef>> backends(ExistingContext region) {
        return region.read(
                "list Namespaces",
                client ->
                        client
                                .namespaces()
                                .withLabel(Ownership.MANAGED_BY_LABEL, Ownership.FIELD_MANAGER)
                                .list()
                                .getItems()
                                .stream()
                                .flatMap(namespace -> Stream.ofNullable(
                                        namespace.getMetadata().getLabels().get(Ownership.BACKEND_LABEL)))
                                .distinct()
                                .sorted()
                                .map(name -> new BackendRef(ExistingProvider.ID, region.region(), name))
                                .toList());
    }

    @Override
    protected void closeClients() {
        cluster.close();
    }
}
