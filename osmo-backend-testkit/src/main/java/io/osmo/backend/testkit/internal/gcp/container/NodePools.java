// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.*;
import com.google.rpc.Status;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Node pools: reading, creation and deletion. */
final class NodePools {
    private final ClusterStore store;
    private final PoolRules rules;
    private final Operations operations;
    private final PoolOperations poolOperations;
    private final PoolScaling scaling;
    private final PoolMachines machines;

    NodePools(
            ClusterStore store,
            PoolRules rules,
            Operations operations,
            PoolOperations poolOperations,
            PoolScaling scaling,
            PoolMachines machines) {
        this.store = store;
        this.rules = rules;
        this.operations = operations;
        this.poolOperations = poolOperations;
        this.scaling = scaling;
        this.machines = machines;
    }

    ListNodePoolsResponse listNodePools(ListNodePoolsRequest r) {
        return ListNodePoolsResponse.newBuilder()
                .addAllNodePools(store.get(r.getParent()).getNodePoolsList())
                .build();
    }

    NodePool getNodePool(GetNodePoolRequest r) {
        return store.pool(r.getName());
    }

    // ------------------------------------------------------------------------------------------ creation

    /** Adds the pools that a cluster is created with; they have no machines yet. */
    void addInitial(String cluster, Cluster wanted) {
        @SuppressWarnings("deprecation") // Callers can still use it.
        int initial = wanted.getInitialNodeCount();
        List<NodePool> pools = new ArrayList<>(wanted.getNodePoolsList());
        if (initial > 0 && !pools.isEmpty()) {
            throw GcpError.invalid("Cluster.initial_node_count and Cluster.node_pools cannot both be specified.");
        }
        if (initial == 0 && pools.isEmpty()) {
            throw GcpError.invalid("Cluster.initial_node_count must be greater than zero.");
        }
        if (pools.isEmpty()) {
            @SuppressWarnings("deprecation")
            NodeConfig config = wanted.getNodeConfig();
            pools.add(NodePool.newBuilder()
                    .setName("default-pool")
                    .setInitialNodeCount(initial)
                    .setConfig(config)
                    .build());
        }
        pools.forEach(pool -> add(cluster, pool, pools));
    }

    /** Starts the machines of a cluster that has just come up. */
    Optional<Status> launchAll(String cluster) {
        Optional<Status> problem = Optional.empty();
        for (NodePool pool : store.get(cluster).getNodePoolsList()) {
            Optional<Status> own = scaling.launch(ClusterStore.poolPath(cluster, pool.getName()));
            problem = problem.isPresent() ? problem : own;
        }
        return problem;
    }

    Operation createNodePool(CreateNodePoolRequest r) {
        Cluster cluster = store.requireIdle(r.getParent());
        NodePool wanted = r.getNodePool();
        String path = ClusterStore.poolPath(r.getParent(), wanted.getName());
        if (store.findPool(path).isPresent()) {
            throw GcpError.alreadyExists("Already exists: " + path + ".");
        }
        List<NodePool> all = new ArrayList<>(cluster.getNodePoolsList());
        all.add(wanted);
        add(r.getParent(), wanted, all);
        Operation operation = poolOperations.begin(
                path, Operation.Type.CREATE_NODE_POOL, Durations.POOL_CREATE, () -> scaling.launch(path));
        operations.allowCancel(r.getParent(), () -> remove(path));
        return operation;
    }

    private void add(String path, NodePool wanted, List<NodePool> all) {
        Cluster cluster = store.get(path);
        NodePool pool = rules.complete(cluster, wanted, all);
        rules.requireServiceAccount(pool.getConfig().getServiceAccount());
        scaling.requireQuota(cluster, pool);
        store.update(path, c -> c.addNodePools(pool));
    }

    // ------------------------------------------------------------------------------------------ deletion

    Operation deleteNodePool(DeleteNodePoolRequest r) {
        String path = r.getName();
        store.requireIdlePool(path);
        Operation operation = poolOperations.begin(path, Operation.Type.DELETE_NODE_POOL, Durations.POOL_DELETE, () -> {
            remove(path);
            return Optional.empty();
        });
        store.updatePool(path, p -> p.setStatus(NodePool.Status.STOPPING));
        return operation;
    }

    private void remove(String path) {
        String cluster = ClusterStore.clusterOf(path);
        machines.remove(store.get(cluster), store.pool(path));
        store.removePool(path);
        scaling.updateNodeCount(cluster);
    }

    void removeMachines(Cluster cluster) {
        cluster.getNodePoolsList().forEach(pool -> machines.remove(cluster, pool));
    }
}
