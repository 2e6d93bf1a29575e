// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.container.v1.Operation;
import com.google.container.v1.StatusCondition;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Starts operations on node pools; pool and cluster are busy until their end. */
final class PoolOperations {
    private final GcpProject project;
    private final ClusterStore store;
    private final Operations operations;
    private final PoolMachines machines;

    PoolOperations(GcpProject project, ClusterStore store, Operations operations, PoolMachines machines) {
        this.project = project;
        this.store = store;
        this.operations = operations;
        this.machines = machines;
    }

    /** @param effect runs when the time is over and returns what went wrong */
    Operation begin(String path, Operation.Type type, Duration time, Supplier<Optional<Status>> effect) {
        String cluster = ClusterStore.clusterOf(path);
        Operation operation = operations.begin(cluster, type, path, time, () -> {
            Optional<Status> problem = effect.get();
            store.update(cluster, c -> c.setStatus(Cluster.Status.RUNNING));
            return problem;
        });
        store.update(cluster, c -> c.setStatus(Cluster.Status.RECONCILING));
        return operation;
    }

    /** Replaces the machines of a pool. Where a new machine cannot be had before an old one goes, the pool stays as it was. */
    Operation replace(String path, Duration time, UnaryOperator<NodePool.Builder> effect) {
        String cluster = ClusterStore.clusterOf(path);
        NodePool.Status before = store.pool(path).getStatus();
        PoolRoll upgrade = new PoolRoll(
                project, machines, effect.apply(store.pool(path).toBuilder()).build());
        Operation operation = operations.beginStepwise(cluster, Operation.Type.UPGRADE_NODES, path, time, () -> {
            if (!upgrade.proceed(store.get(cluster))) {
                return Operations.Outcome.PENDING;
            }
            Optional<StatusCondition> problem = upgrade.problem();
            boolean intact = problem.isPresent() && upgrade.surges();
            store.updatePool(
                    path,
                    p -> (intact ? p : effect.apply(p))
                            .addAllConditions(
                                    intact ? List.of() : problem.stream().toList())
                            .setStatus(problem.isPresent() && !intact ? NodePool.Status.RUNNING_WITH_ERROR : before));
            if (problem.isEmpty() && before == NodePool.Status.RUNNING_WITH_ERROR) {
                startMissing(cluster, path);
            }
            store.update(cluster, c -> c.setStatus(Cluster.Status.RUNNING));
            return Operations.Outcome.of(problem.map(p -> Status.newBuilder()
                    .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                    .setMessage(p.getMessage())
                    .build()));
        });
        store.update(cluster, c -> c.setStatus(Cluster.Status.RECONCILING));
        store.updatePool(path, p -> p.setStatus(NodePool.Status.RECONCILING));
        return operation;
    }

    /** Requests machines that were not available before again, with the pool's current configuration. */
    private void startMissing(String cluster, String path) {
        NodePool pool = store.pool(path);
        int size = Math.max(machines.size(pool), pool.getInitialNodeCount() * pool.getLocationsCount());
        Optional<StatusCondition> problem = machines.scale(store.get(cluster), pool, size);
        store.updatePool(
                path,
                p -> p.clearConditions()
                        .addAllConditions(problem.stream().toList())
                        .setStatusMessage(
                                problem.map(StatusCondition::getMessage).orElse(""))
                        .setStatus(problem.isPresent() ? NodePool.Status.RUNNING_WITH_ERROR : NodePool.Status.RUNNING));
    }

    /** Changes a pool, and what its nodes show. */
    Operation change(String path, Operation.Type type, Duration time, UnaryOperator<NodePool.Builder> effect) {
        NodePool.Status before = store.pool(path).getStatus();
        Operation operation = begin(path, type, time, () -> {
            store.updatePool(path, p -> effect.apply(p).setStatus(before));
            machines.refresh(store.get(ClusterStore.clusterOf(path)), store.pool(path));
            return Optional.empty();
        });
        store.updatePool(path, p -> p.setStatus(NodePool.Status.RECONCILING));
        return operation;
    }
}
