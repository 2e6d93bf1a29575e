// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.Cluster;
import com.google.container.v1.ClusterServiceProto;
import com.google.container.v1.NodePool;
import com.google.container.v1.StatusCondition;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.provider.Ownership;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.compute.ComputeEngine;
import io.osmo.backend.testkit.internal.gcp.iam.Iam;
import io.osmo.backend.testkit.internal.gcp.kms.Kms;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import io.osmo.backend.testkit.internal.gcp.wire.EmulatedService;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Google Kubernetes Engine. */
public final class Gke implements EmulatedService {
    private final GcpProject project;
    private final EmulatedClusters kubernetes;
    private final ClusterStore store;
    private final Clusters clusters;
    private final ClusterUpdates clusterUpdates;
    private final NodePools pools;
    private final PoolUpdates poolUpdates;
    private final Operations operations;

    public Gke(
            GcpProject project, ComputeEngine compute, Kms kms, Iam iam, Faults faults, EmulatedClusters kubernetes) {
        this.project = project;
        this.kubernetes = kubernetes;
        operations = new Operations(project);
        store = new ClusterStore(project, operations);
        MachineQuota quota = new MachineQuota(project, compute.usage());
        PoolMachines machines =
                new PoolMachines(project, compute.resources(), kms, iam.accounts(), quota, faults, kubernetes);
        PoolScaling scaling = new PoolScaling(project, store, machines, quota);
        PoolOperations poolOperations = new PoolOperations(project, store, operations, machines);
        PoolRules poolRules = new PoolRules(project, operations, iam.accounts());
        pools = new NodePools(store, poolRules, operations, poolOperations, scaling, machines);
        poolUpdates = new PoolUpdates(store, poolRules, poolOperations, scaling, machines);
        ClusterRules clusterRules = new ClusterRules(project, compute.resources(), kms, operations, iam.policies());
        clusters = new Clusters(project, store, clusterRules, operations, pools, compute.resources(), kubernetes);
        clusterUpdates = new ClusterUpdates(project, store, clusterRules, operations, poolUpdates, kubernetes);
    }

    public ClusterStore clusters() {
        return store;
    }

    /** The API server of a backend's cluster that is up: the one that its labels mark, or else any of its name in the region. */
    public Optional<EmulatedCluster> apiServer(BackendRef backend) {
        return store.all().values().stream()
                .filter(c -> c.getName().equals(backend.name())
                        && Locations.regionOf(c.getLocation()).equals(backend.region()))
                .sorted(Comparator.comparing(
                        c -> !backend.region().equals(c.getResourceLabelsMap().get(Ownership.REGION))))
                .map(PoolNodes::apiServer)
                .flatMap(name -> kubernetes.find(name).stream())
                .findFirst();
    }

    /** Upgrades a control plane as GKE does automatically, according to the release channel. */
    public void moveOn(String cluster, String version) {
        clusterUpdates.moveOn(cluster, version);
    }

    /** Ends what runs on a cluster as failed, and leaves the cluster broken. */
    public void failCluster(String cluster, String message) {
        store.get(cluster);
        operations.fail(cluster, message);
        store.update(
                cluster,
                c -> c.setStatus(Cluster.Status.ERROR)
                        .addConditions(StatusCondition.newBuilder()
                                .setCode(StatusCondition.Code.UNKNOWN)
                                .setMessage(message)));
    }

    /** Likewise of a pool; one that was being made has no machine. */
    public void failPool(String pool, String message) {
        boolean fresh = store.pool(pool).getStatus() == NodePool.Status.PROVISIONING;
        operations.fail(ClusterStore.clusterOf(pool), message);
        store.update(ClusterStore.clusterOf(pool), c -> c.setStatus(Cluster.Status.RUNNING));
        store.updatePool(pool, p -> {
            p.setStatus(NodePool.Status.ERROR)
                    .addConditions(StatusCondition.newBuilder()
                            .setCode(StatusCondition.Code.UNKNOWN)
                            .setMessage(message));
            return fresh ? p.clearInstanceGroupUrls() : p;
        });
    }

    @Override
    public void serve(Dispatcher dispatcher) {
        dispatcher.serveGrpc(
                "container",
                Dispatcher.service(ClusterServiceProto.getDescriptor(), "ClusterManager"),
                clusters,
                clusterUpdates,
                pools,
                poolUpdates,
                new UpgradeInfos(project, store),
                operations);
    }

    @Override
    public List<String> inventory() {
        return Inventory.of(store.all());
    }
}
