// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.existing.ClusterSource;
import io.osmo.backend.kubernetes.existing.ExistingProvider;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.ServiceDefaults;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.ProviderParts;
import io.osmo.backend.spi.provider.ProviderSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
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
                .list("Nodes", client -> client.nodes().list())
                .thenApply(nodes -> Optional.of(new NodeDefaults(nodes)));
    }

    /** The backends of which there are objects. One whose namespaces somebody else has made has none of its own. */
    private static CompletableFuture<List<BackendRef>> backends(ExistingContext region) {
        return Futures.all(List.of(
                        labelled(
                                region,
                                "Namespaces",
                                client -> client.namespaces()
                                        .withLabel(Ownership.BACKEND_LABEL)
                                        .list()),
                        labelled(
                                region,
                                "Secrets",
                                client -> client.secrets()
                                        .inAnyNamespace()
                                        .withLabel(Ownership.BACKEND_LABEL)
                                        .list()),
                        labelled(
                                region,
                                "PriorityClasses",
                                client -> client.scheduling()
                                        .v1()
                                        .priorityClasses()
                                        .withLabel(Ownership.BACKEND_LABEL)
                                        .list()),
                        labelled(
                                region,
                                "StorageClasses",
                                client -> client.storage()
                                        .v1()
                                        .storageClasses()
                                        .withLabel(Ownership.BACKEND_LABEL)
                                        .list())))
                .thenApply(labels -> labels.stream()
                        .flatMap(List::stream)
                        .distinct()
                        .sorted()
                        .map(name -> new BackendRef(ExistingProvider.ID, region.region(), name))
                        .toList());
    }

    private static <T extends HasMetadata> CompletableFuture<List<String>> labelled(
            ExistingContext region,
            String kinds,
            Function<KubernetesClient, ? extends KubernetesResourceList<T>> list) {
        String here = Ownership.home(region.ref());
        return region.list(kinds, list)
                .thenApply(objects -> objects.stream()
                        .flatMap(
                                object -> Stream.ofNullable(object.getMetadata().getLabels()))
                        .filter(labels -> labels.getOrDefault(Ownership.REGION_LABEL, here)
                                .equals(here))
                        .flatMap(labels -> Stream.ofNullable(labels.get(Ownership.BACKEND_LABEL)))
                        .toList());
    }

    @Override
    protected void closeClients() {
        cluster.close();
    }
}
