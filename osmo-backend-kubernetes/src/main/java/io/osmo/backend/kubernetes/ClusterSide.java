// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.internal.chart.Charts;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.kubernetes.internal.diagnosis.NodesReader;
import io.osmo.backend.kubernetes.internal.drain.CordonedNodes;
import io.osmo.backend.kubernetes.internal.drain.Drain;
import io.osmo.backend.kubernetes.internal.drain.KeptPools;
import io.osmo.backend.kubernetes.internal.resource.ClusterInventory;
import io.osmo.backend.kubernetes.internal.resource.ClusterObject;
import io.osmo.backend.kubernetes.internal.resource.DefaultClassResource;
import io.osmo.backend.kubernetes.internal.resource.ManifestResource;
import io.osmo.backend.kubernetes.internal.resource.ManifestStage;
import io.osmo.backend.kubernetes.internal.resource.Manifests;
import io.osmo.backend.kubernetes.internal.resource.NamespaceResource;
import io.osmo.backend.kubernetes.internal.resource.OsmoNamespaces;
import io.osmo.backend.kubernetes.internal.resource.PriorityClassResource;
import io.osmo.backend.kubernetes.internal.resource.PullSecrets;
import io.osmo.backend.kubernetes.internal.resource.SecretDigest;
import io.osmo.backend.kubernetes.internal.resource.SecretObject;
import io.osmo.backend.kubernetes.internal.resource.SecretResource;
import io.osmo.backend.kubernetes.internal.resource.StorageClassResource;
import io.osmo.backend.kubernetes.internal.resource.TokenSecret;
import io.osmo.backend.kubernetes.internal.workload.LoadBalancers;
import io.osmo.backend.kubernetes.internal.workload.Volumes;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.ClusterNodes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The resources of a backend inside its cluster, for providers: resources for the graph, one read for the inventory, and cleanup steps
 * that must end before the cluster is deleted. A session opens it and closes it. All its resources share one client per cluster, which is
 * opened at the first call. Safe for concurrent use.
 *
 * <p>All objects are applied server-side by the field manager {@code osmo-backend} and carry the labels {@code
 * app.kubernetes.io/managed-by}, {@code osmo-backend} and {@code osmo-region}, and the annotation {@code osmo-resource}. Their fields that
 * others own are kept. Objects without these labels are never changed or deleted: existing namespaces and priority classes are used as
 * they are ({@code EXISTING}). Storage classes and Secrets of the same name, and priority classes of another Helm release, are a conflict
 * ({@code FOREIGN}). An object that lacks {@code osmo-region} only is the backend's.
 */
public final class ClusterSide implements AutoCloseable {
    private final Scheduler scheduler;
    private final ClusterConnections connections;
    private final Charts charts;

    private ClusterSide(Scheduler scheduler, ClusterConnections connections) {
        this.scheduler = scheduler;
        this.connections = connections;
        this.charts = new Charts(scheduler, connections);
    }

    /**
     * @param access how to reach the cluster, by the current state; empty while there is no cluster, which then counts as empty. Called
     *     before each call, so it must be cheap
     */
    public static ClusterSide open(Scheduler scheduler, Function<State, Optional<ClusterAccess>> access) {
        return new ClusterSide(scheduler, new ClusterConnections(KubernetesClients::open, access));
    }

    /**
     * @param access as in {@link #open(Scheduler, Function)}
     * @param exists whether there is a cluster, even if it cannot be reached now; then plans do not treat the resources in it as absent
     */
    public static ClusterSide open(
            Scheduler scheduler, Function<State, Optional<ClusterAccess>> access, Predicate<State> exists) {
        return new ClusterSide(scheduler, new ClusterConnections(KubernetesClients::open, access, exists));
    }

    /**
     * The resources that each backend has in its cluster: the default StorageClass, the two OSMO namespaces, pull secrets in both, the
     * token of the backend, and priority classes.
     *
     * @param storageClass empty if the cluster keeps its existing default StorageClass
     * @param after what must exist first: the cluster, and the access of the caller to it
     */
    public List<Resource<?>> graph(
            BackendSpec spec, Optional<DefaultStorageClass> storageClass, Set<ResourceId> after) {
        return graph(spec, new Ownership(spec.ref()), storageClass, after);
    }

    /** @param ownership identifies the backend's objects in the cluster */
    List<Resource<?>> graph(
            BackendSpec spec, Ownership ownership, Optional<DefaultStorageClass> storageClass, Set<ResourceId> after) {
        OsmoNamespaces namespaces = OsmoNamespaces.of(spec);
        List<Resource<?>> graph = new ArrayList<>();

        storageClass.ifPresent(offered -> {
            StorageClassResource wanted = new StorageClassResource(
                    connections, ownership, offered.name(), offered.provisioner(), offered.parameters(), after);
            graph.add(wanted);
            graph.add(new DefaultClassResource(connections, offered.name(), Set.of(wanted.id())));
        });

        Resource<?> operator = NamespaceResource.operator(connections, ownership, namespaces.operator(), after);
        graph.add(operator);
        Set<ResourceId> inOperator = Set.of(operator.id());
        Set<ResourceId> inWorkflow = inOperator;
        if (!namespaces.workflow().equals(namespaces.operator())) {
            Resource<?> workflow = NamespaceResource.workflow(connections, ownership, namespaces.workflow(), after);
            graph.add(workflow);
            inWorkflow = Set.of(workflow.id());
        }
        for (PullSecret secret : spec.pullSecrets()) {
            graph.add(PullSecrets.resource(connections, ownership, namespaces.operator(), secret, inOperator));
            if (!namespaces.workflow().equals(namespaces.operator())) {
                graph.add(PullSecrets.resource(connections, ownership, namespaces.workflow(), secret, inWorkflow));
            }
        }
        spec.osmo()
                .flatMap(osmo -> osmo.token().map(token -> (SecretResource) TokenSecret.resource(
                        connections, ownership, osmo.operatorNamespace(), osmo.tokenSecretName(), token, inOperator)))
                .ifPresent(graph::add);
        PriorityClassResource.all(connections, ownership, spec, after).forEach(graph::add);
        return List.copyOf(graph);
    }

    /**
     * Any objects, one resource each, such as a rendered chart: every kind that the cluster serves or that the objects define, custom
     * resources included. The definitions of kinds come first, then namespaces, permissions and configuration, workloads, webhooks, and
     * finally custom resources; each stage waits until the previous ones are ready. Workloads are ready once they are rolled out.
     *
     * <p>Namespaces, priority classes and StorageClasses can be objects too, but not ones that {@link #graph} has.
     *
     * @throws IllegalArgumentException if an object has no version, kind or name, or is given twice
     */
    public List<Resource<?>> manifests(BackendRef ref, List<? extends HasMetadata> objects, Set<ResourceId> after) {
        return Manifests.of(objects).resources(connections, new Ownership(ref), after);
    }

    /** Like {@link #observe(ClusterAccess, BackendRef, Optional, List)} for manifests of no other kinds than those always read. */
    public CompletableFuture<Map<ResourceId, Observed<?>>> observe(
            ClusterAccess access, BackendRef ref, Optional<BackendSpec> spec) {
        return observe(access, ref, spec, List.of());
    }

    /**
     * Reads all these resources in one round of concurrent calls. Fails with {@code CloudException} if the cluster does not answer or
     * refuses a call; what was not read never counts as absent.
     *
     * @param spec the spec, which decides for which names foreign owners are read
     * @param manifests objects whose kinds are read beyond permissions, ConfigMaps, Secrets, Services, Deployments and DaemonSets: those
     *     that are wanted, and those of earlier times that may have to be deleted. A kind that neither the cluster nor they know fails
     *     with the names of all such kinds
     */
    public CompletableFuture<Map<ResourceId, Observed<?>>> observe(
            ClusterAccess access, BackendRef ref, Optional<BackendSpec> spec, List<? extends HasMetadata> manifests) {
        return new ClusterInventory(scheduler, new Ownership(ref), connections::discovery)
                .observe(() -> connections.client(access), spec, Manifests.of(manifests));
    }

    /** Reads the nodes and the certificates that they wait for. Two calls; fails with {@code CloudException}. */
    CompletableFuture<ClusterNodes> nodes(ClusterAccess access) {
        return scheduler.call(() -> NodesReader.read(connections.client(access)));
    }

    /** Reads which nodes a drain has cordoned, for {@link #keptPools}. One call. */
    public CompletableFuture<Map<ResourceId, Observed<?>>> cordonedNodes(ClusterAccess access) {
        return scheduler.call(
                () -> Map.of(KeptPools.ID, Observed.ours(CordonedNodes.list(connections.client(access)))));
    }

    /**
     * A resource that makes the nodes of kept pools schedulable again after a drain was given up. Nodes that others have cordoned are not
     * changed.
     *
     * @param inventory with what {@link #cordonedNodes} has read
     * @param pools the desired pools with the labels of their nodes, without those that a plan replaces
     * @param after the cluster
     * @return empty when there is nothing to do
     */
    public Optional<Resource<?>> keptPools(
            Inventory inventory, Map<ResourceId, NodeLabel> pools, Set<ResourceId> after) {
        return inventory
                .find(KeptPools.ID, CordonedNodes.class)
                .flatMap(cordoned -> KeptPools.of(connections, cordoned, pools, after));
    }

    /**
     * The existing resources in the cluster that the backend owns, so that a plan can delete those that its spec no longer contains. A
     * plan that deletes the cluster does not delete them separately, because finalizers of OSMO can block the deletion of a namespace.
     *
     * @param cluster id of the cluster
     */
    public List<Deletable<?>> owned(BackendRef ref, Inventory inventory, ResourceId cluster) {
        Ownership ownership = new Ownership(ref);
        List<Deletable<?>> owned = new ArrayList<>();
        Map<ManifestStage, Set<ResourceId>> stages = ManifestResource.stages(inventory);
        inventory.observed().forEach((id, observed) -> {
            if (observed.ownership() != Observed.Ownership.OURS) {
                return;
            }
            if (observed.value() instanceof SecretDigest secret) {
                owned.add(SecretObject.of(connections, ownership, id, secret, cluster));
            } else if (observed.value() instanceof HasMetadata object) {
                Set<ResourceId> after = new HashSet<>(ManifestResource.before(id, object, stages));
                after.add(cluster);
                owned.add(ClusterObject.of(connections, ownership, id, object, cluster, after));
            }
        });
        return List.copyOf(owned);
    }

    /** The charts in the cluster. */
    Charts charts() {
        return charts;
    }

    /** Whether an inventory contains the result of {@link #observe}, that is, whether the cluster answered. */
    public boolean answered(Inventory inventory) {
        return inventory.observed().containsKey(DefaultClassResource.ID);
    }

    /**
     * Cleanup steps for what workloads created in the cloud through controllers in the cluster: {@code workload/load-balancers} (Services
     * of type LoadBalancer, Ingresses) and {@code workload/volumes} (claims, with the StatefulSets and pods that hold them). For the
     * deletion of a cluster only. They need the API of the cluster and its controllers, so they depend on the cluster, its add-ons and
     * its pools. They fail if the API cannot be reached; a provider without them must look for the cloud objects itself.
     */
    public List<Deletable<?>> workloads(Set<ResourceId> after) {
        return List.of(new LoadBalancers(connections, after), new Volumes(connections, after));
    }

    /**
     * The drain of a pool's nodes, which is deleted before the pool: this cordons the nodes and evicts their pods. Reading it fails with
     * {@code UNAVAILABLE} if the cluster does not answer.
     *
     * @param cluster id of the cluster; a plan that deletes it does not drain the pool
     */
    public Deletable<?> drain(PoolDrain drain, ResourceId cluster) {
        return drain(drain, cluster, state -> true);
    }

    /**
     * The same, which first keeps the pool from growing.
     *
     * @param stopGrowth {@link Deletable#stopGrowth} of the pool
     */
    public Deletable<?> drain(PoolDrain drain, ResourceId cluster, Predicate<State> stopGrowth) {
        return new Drain(connections, drain, cluster, stopGrowth);
    }

    @Override
    public void close() {
        connections.close();
    }
}
