// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Ownership;
import io.osmo.backend.gcp.internal.access.GkeAccess;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.gcp.internal.encryption.EncryptionConcern;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.kubernetes.DefaultStorageClass;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/** What lives inside a GKE cluster, joined to what Google Cloud knows about it. */
final class GkeClusterSide implements AutoCloseable {
    private static final Set<ResourceId> AFTER = Set.of(GkeCluster.ID);
    private static final Set<String> NEEDED_BY_CONTROLLERS = Set.of(GkeCluster.ID.kind(), "node-pool", "backup-plan");

    private final Function<BackendRef, GcpContext> contexts;
    private final String region;
    private final ClusterSide side;

    GkeClusterSide(Function<BackendRef, GcpContext> contexts, String region, Scheduler scheduler) {
        this.contexts = contexts;
        this.region = region;
        this.side = ClusterSide.open(
                scheduler,
                state -> state.find(GkeCluster.ID, ObservedCluster.class).flatMap(this::access));
    }

    private Optional<ClusterAccess> access(ObservedCluster observed) {
        BackendRef ref =
                new BackendRef(GcpProvider.ID, region, observed.cluster().getName());
        return GkeAccess.of(contexts.apply(ref), observed.cluster());
    }

    Optional<ClusterAccess> access(Inventory inventory) {
        return Optional.ofNullable(inventory.observed().get(GkeCluster.ID))
                .filter(found -> found.ownership() == Observed.Ownership.OURS)
                .flatMap(found -> access((ObservedCluster) found.value()));
    }

    /**
     * Reads what is in the cluster. With a spec, a cluster that does not answer fails the reading, for nothing may be planned
     * on a guess; without one, all that is in it dies with it.
     */
    CompletableFuture<Map<ResourceId, Observed<?>>> observe(
            Inventory cloud, BackendRef ref, Optional<BackendSpec> spec) {
        Optional<ClusterAccess> access = access(cloud);
        if (access.isEmpty()) {
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

    List<Resource<?>> wanted(GcpContext gcp, BackendSpec spec) {
        List<Resource<?>> wanted =
                new ArrayList<>(side.graph(spec, java.util.Optional.of(storageClass(gcp, spec)), AFTER));
        wanted.addAll(side.manifests(spec.ref(), admins(spec), AFTER));
        return wanted;
    }

    /** Volumes carry our label, so that those that a cluster leaves behind are found. */
    private static DefaultStorageClass storageClass(GcpContext gcp, BackendSpec spec) {
        return new DefaultStorageClass(
                spec.storage().className().isEmpty()
                        ? "osmo-balanced"
                        : spec.storage().className(),
                "pd.csi.storage.gke.io",
                Map.of(
                        "type",
                        hyperdiskOnly(spec).size() == spec.pools().size() ? "hyperdisk-balanced" : "pd-balanced",
                        "disk-encryption-kms-key",
                        EncryptionConcern.keyName(gcp, spec),
                        "labels",
                        Ownership.BACKEND + "=" + gcp.name()));
    }

    private static List<NodePool> hyperdiskOnly(BackendSpec spec) {
        return spec.pools().stream()
                .filter(pool -> MachineShape.typesOf(pool).stream()
                        .allMatch(type -> MachineShape.parse(type).demandsHyperdisk()))
                .toList();
    }

    /** Pools whose machines cannot mount volumes of the default StorageClass, as the others' machines demand another type. */
    static List<String> warnings(BackendSpec spec) {
        List<NodePool> hyperdisk = hyperdiskOnly(spec);
        return hyperdisk.size() == spec.pools().size()
                ? List.of()
                : hyperdisk.stream()
                        .map(pool -> "pool " + pool.name() + " takes Hyperdisk only ("
                                + pool.instanceTypes().get(0)
                                + ") and cannot mount volumes of the default StorageClass, which are pd-balanced")
                        .toList();
    }

    /**
     * One binding for each of the spec's admins. They come in with a role of IAM that lets them connect, such as {@code
     * roles/container.clusterViewer}; what they may do inside is said here, for this cluster only.
     */
    private static List<HasMetadata> admins(BackendSpec spec) {
        return spec.admins().isEmpty()
                ? List.of()
                : List.of(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("osmo-admins")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .withSubjects(spec.admins().stream()
                                .map(GkeClusterSide::subject)
                                .toList())
                        .build());
    }

    /** A principal of IAM as Kubernetes sees it: without its prefix, a group as a group. */
    private static Subject subject(String principal) {
        return new SubjectBuilder()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind(principal.startsWith("group:") ? "Group" : "User")
                .withName(principal.substring(principal.indexOf(':') + 1))
                .build();
    }

    List<Deletable<?>> owned(BackendRef ref, Inventory inventory) {
        List<Deletable<?>> owned = new ArrayList<>(side.owned(ref, inventory, GkeCluster.ID));
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
