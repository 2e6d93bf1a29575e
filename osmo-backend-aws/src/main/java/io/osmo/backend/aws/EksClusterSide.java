// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.access.EksAccess;
import io.osmo.backend.aws.internal.autoscaler.ClusterAutoscaler;
import io.osmo.backend.aws.internal.cluster.EksCluster;
import io.osmo.backend.aws.internal.encryption.KeyAlias;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eks.model.Cluster;

/** What lives inside an EKS cluster, joined to what AWS knows about it. */
final class EksClusterSide implements AutoCloseable {
    private static final Set<ResourceId> AFTER = Set.of(EksCluster.ID);
    private static final Set<String> NEEDED_BY_CONTROLLERS =
            Set.of(EksCluster.ID.kind(), "node-group", "addon", "pod-identity", "access-entry");

    private final AwsClients clients;
    private final EksSettings settings;
    private final String region;
    private final Scheduler scheduler;
    private final ClusterSide side;

    EksClusterSide(AwsClients clients, EksSettings settings, String region, Scheduler scheduler) {
        this.clients = clients;
        this.settings = settings;
        this.region = region;
        this.scheduler = scheduler;
        this.side = ClusterSide.open(
                scheduler, state -> state.find(EksCluster.ID, Cluster.class).flatMap(this::access));
    }

    private Optional<ClusterAccess> access(Cluster cluster) {
        BackendRef ref = new BackendRef(AwsProvider.ID, region, cluster.name());
        return EksAccess.of(AwsContext.of(ref, clients, settings, scheduler), cluster);
    }

    Optional<ClusterAccess> access(Inventory inventory) {
        return Optional.ofNullable(inventory.observed().get(EksCluster.ID))
                .filter(found -> found.ownership() == Observed.Ownership.OURS)
                .flatMap(found -> access((Cluster) found.value()));
    }

    private boolean offered() {
        return settings.offers(EksFeature.CLUSTER_SIDE);
    }

    /**
     * Reads what is in the cluster. With a spec, a cluster that does not answer fails the reading, for nothing may be planned
     * on a guess; without one, all that is in it dies with it.
     */
    CompletableFuture<Map<ResourceId, Observed<?>>> observe(
            Inventory cloud, BackendRef ref, Optional<BackendSpec> spec) {
        Optional<ClusterAccess> access = access(cloud);
        if (!offered() || access.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        return side.observe(access.get(), ref, spec).exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (spec.isEmpty()
                    && cause instanceof CloudException refused
                    && (refused.error() == CloudError.UNAVAILABLE || refused.error() == CloudError.NOT_AUTHORISED)) {
                return Map.of();
            }
            throw new CompletionException(cause);
        });
    }

    List<Resource<?>> wanted(AwsContext aws, BackendSpec spec, Inventory inventory) {
        if (!offered()) {
            return List.of();
        }
        List<Resource<?>> wanted =
                new ArrayList<>(side.graph(spec, java.util.Optional.of(storageClass(aws, spec, inventory)), AFTER));
        wanted.addAll(ClusterAutoscaler.wanted(side, aws, spec, inventory));
        return wanted;
    }

    /** Names the key by its alias, which is known before the key is made and outlives a rotation of keys. */
    private static DefaultStorageClass storageClass(AwsContext aws, BackendSpec spec, Inventory inventory) {
        Caller caller = inventory.attachment(Caller.class).orElseThrow();
        String key = spec.encryption()
                .existingKeyId()
                .orElse("arn:" + caller.partition() + ":kms:" + aws.region() + ":" + caller.account() + ":"
                        + KeyAlias.name(aws));
        return new DefaultStorageClass(
                spec.storage().className().isEmpty() ? "gp3" : spec.storage().className(),
                "ebs.csi.aws.com",
                Map.of("type", "gp3", "encrypted", "true", "kmsKeyId", key));
    }

    List<Deletable<?>> owned(BackendRef ref, Inventory inventory) {
        if (!offered()) {
            return List.of();
        }
        List<Deletable<?>> owned = new ArrayList<>(side.owned(ref, inventory, EksCluster.ID));
        if (side.answered(inventory)) {
            owned.addAll(side.workloads(needed(inventory)));
        }
        return owned;
    }

    /** What the controllers need to release what workloads have made: they go first, and then all of this. */
    private static Set<ResourceId> needed(Inventory inventory) {
        return inventory.observed().keySet().stream()
                .filter(id -> NEEDED_BY_CONTROLLERS.contains(id.kind()))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        side.close();
    }
}
