// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.access.AksAccess;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.encryption.DiskEncryptionSet;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.kubernetes.DefaultStorageClass;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** What lives inside an AKS cluster, joined to what Azure knows about it. */
final class AksClusterSide implements AutoCloseable {
    private static final Set<ResourceId> AFTER = Set.of(AksCluster.ID);

    private final Function<String, AzureContext> contexts;
    private final ClusterSide side;

    /** @param contexts the context of a backend by its name */
    AksClusterSide(Scheduler scheduler, Function<String, AzureContext> contexts) {
        this.contexts = contexts;
        this.side = ClusterSide.open(
                scheduler, state -> state.find(AksCluster.ID, ArmObject.class).flatMap(this::access));
    }

    private Optional<ClusterAccess> access(ArmObject cluster) {
        return AksAccess.of(contexts.apply(cluster.name()), cluster);
    }

    Optional<ClusterAccess> access(Inventory inventory) {
        return Optional.ofNullable(inventory.observed().get(AksCluster.ID))
                .filter(found -> found.ownership() == Observed.Ownership.OURS)
                .flatMap(found -> access((ArmObject) found.value()));
    }

    /**
     * Adds what is in the cluster. With a spec, a cluster that does not answer fails the reading, for nothing may be planned on
     * a guess; without one, all that is in it dies with it.
     */
    CompletableFuture<Inventory> observe(Inventory cloud, BackendRef ref, Optional<BackendSpec> spec) {
        Optional<ClusterAccess> access = access(cloud);
        if (access.isEmpty()) {
            return CompletableFuture.completedFuture(cloud);
        }
        return side.observe(access.get(), ref, spec)
                .exceptionally(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (spec.isEmpty()
                            && cause instanceof CloudException refused
                            && (refused.error() == CloudError.UNAVAILABLE
                                    || refused.error() == CloudError.NOT_AUTHORISED)) {
                        return Map.of();
                    }
                    throw new CompletionException(cause);
                })
                .thenApply(inside -> {
                    Map<ResourceId, Observed<?>> all = new java.util.HashMap<>(cloud.observed());
                    all.putAll(inside);
                    return cloud.with(all);
                });
    }

    List<Resource<?>> wanted(AzureContext azure, BackendSpec spec) {
        return side.graph(spec, java.util.Optional.of(storageClass(azure, spec)), AFTER);
    }

    /** AKS's own classes are of standard disks or without our key, and AKS sets them back when they are edited. */
    private static DefaultStorageClass storageClass(AzureContext azure, BackendSpec spec) {
        return new DefaultStorageClass(
                spec.storage().className().isEmpty()
                        ? "osmo-premium"
                        : spec.storage().className(),
                "disk.csi.azure.com",
                Map.of("skuName", "Premium_LRS", "diskEncryptionSetID", DiskEncryptionSet.armId(azure)));
    }

    List<Deletable<?>> owned(BackendRef ref, Inventory inventory) {
        return side.owned(ref, inventory, AksCluster.ID);
    }

    @Override
    public void close() {
        side.close();
    }
}
