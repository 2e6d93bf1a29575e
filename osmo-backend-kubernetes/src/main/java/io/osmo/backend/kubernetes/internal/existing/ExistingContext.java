// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.resource.ClusterInventory;
import io.osmo.backend.kubernetes.internal.resource.NamespaceResource;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.SessionCache;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** One backend in an existing cluster. Safe for concurrent use. */
final class ExistingContext extends ProviderContext {
    private final ExistingSettings settings;
    private final ExistingCluster cluster;

    ExistingContext(
            BackendRef ref,
            Scheduler scheduler,
            SessionCache cache,
            ExistingSettings settings,
            ExistingCluster cluster) {
        super(ref, scheduler, cache);
        this.settings = settings;
        this.cluster = cluster;
    }

    /** There is no account, so the UID of the namespace {@code kube-system} identifies the cluster. */
    @Override
    public Optional<String> account(Inventory inventory) {
        return inventory
                .find(NamespaceResource.id(ClusterInventory.SYSTEM_NAMESPACE), Namespace.class)
                .map(namespace -> namespace.getMetadata().getUid());
    }

    ExistingSettings settings() {
        return settings;
    }

    ExistingCluster cluster() {
        return cluster;
    }

    /** Makes one reading call on the scheduler's pool. */
    <T> CompletableFuture<T> read(String operation, Function<KubernetesClient, T> call) {
        return scheduler().call(() -> call(operation, () -> call.apply(cluster.client())));
    }

    /** Lists objects on the scheduler's pool. */
    <T extends HasMetadata> CompletableFuture<List<T>> list(
            String kinds, Function<KubernetesClient, ? extends KubernetesResourceList<T>> call) {
        return scheduler().call(() -> KubernetesCalls.list("list " + kinds, () -> call.apply(cluster.client())));
    }

    @Override
    public <T> T call(String operation, Supplier<T> call) {
        return KubernetesCalls.call(operation, call);
    }

    /** Calls are translated where they are made. */
    @Override
    protected RuntimeException translate(String operation, RuntimeException failure) {
        return failure;
    }
}
