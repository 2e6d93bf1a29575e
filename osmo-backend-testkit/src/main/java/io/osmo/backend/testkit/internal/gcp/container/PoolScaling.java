// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.StatusCondition;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.time.Instant;
import java.util.Optional;

/** Brings node pools to their size. */
final class PoolScaling {
    private final GcpProject project;
    private final ClusterStore store;
    private final PoolMachines machines;
    private final MachineQuota quota;

    PoolScaling(GcpProject project, ClusterStore store, PoolMachines machines, MachineQuota quota) {
        this.project = project;
        this.store = store;
        this.machines = machines;
        this.quota = quota;
    }

    /** Limits of the autoscaler, over all zones. */
    private record Limits(int min, int max) {
        static Limits of(NodePoolAutoscaling scaling, int zones) {
            return isTotal(scaling)
                    ? new Limits(scaling.getTotalMinNodeCount(), scaling.getTotalMaxNodeCount())
                    : new Limits(scaling.getMinNodeCount() * zones, scaling.getMaxNodeCount() * zones);
        }

        private static boolean isTotal(NodePoolAutoscaling scaling) {
            return scaling.getTotalMaxNodeCount() > 0 || scaling.getTotalMinNodeCount() > 0;
        }
    }

    static void checkAutoscaling(NodePoolAutoscaling scaling, int initial, int zones) {
        if (!scaling.getEnabled()) {
            return;
        }
        boolean perZone = scaling.getMaxNodeCount() > 0 || scaling.getMinNodeCount() > 0;
        if (Limits.isTotal(scaling) && perZone) {
            throw GcpError.invalid("Total and per-zone limits of autoscaling cannot both be specified.");
        }
        Limits limits = Limits.of(scaling, zones);
        if (limits.max() < 1 || limits.min() > limits.max()) {
            throw GcpError.invalid("Autoscaling needs a maximum of at least 1 that is not below the minimum, not "
                    + limits.min() + " to " + limits.max() + ".");
        }
        if (initial * zones > limits.max()) {
            throw GcpError.invalid("initial_node_count of " + initial + " in each of " + zones
                    + " zones is above the maximum of autoscaling, " + limits.max() + ".");
        }
    }

    /** Refused if the region has no quota for the machines that the pool starts with. */
    void requireQuota(Cluster cluster, NodePool pool) {
        quota.require(cluster, pool, initialSize(pool));
    }

    /** Starts the machines of a new pool. */
    Optional<Status> launch(String path) {
        NodePool pool = store.pool(path);
        machines.createGroups(store.get(ClusterStore.clusterOf(path)), pool);
        return scale(path, initialSize(pool));
    }

    private static int initialSize(NodePool pool) {
        return pool.getInitialNodeCount() * pool.getLocationsCount();
    }

    /**
     * What the autoscaler changes a size to while no pod is pending: it removes nodes above the maximum, and scales up to the minimum only
     * when a pod needs a node. See <a
     * href="https://docs.cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler">cluster autoscaler</a>.
     */
    private static int autoscaled(NodePool pool, int size) {
        if (!pool.getAutoscaling().getEnabled()) {
            return size;
        }
        Limits limits = Limits.of(pool.getAutoscaling(), pool.getLocationsCount());
        return Math.min(limits.max(), size);
    }

    /** Brings a pool to a size. Missing machines are requested again and again; meanwhile the pool shows an error. */
    Optional<Status> scale(String path, int size) {
        Optional<StatusCondition> problem =
                machines.scale(store.get(ClusterStore.clusterOf(path)), store.pool(path), size);
        store.updatePool(
                path,
                p -> p.clearConditions()
                        .addAllConditions(problem.stream().toList())
                        .setStatusMessage(
                                problem.map(StatusCondition::getMessage).orElse(""))
                        .setStatus(problem.isPresent() ? NodePool.Status.RUNNING_WITH_ERROR : NodePool.Status.RUNNING));
        updateNodeCount(ClusterStore.clusterOf(path));
        problem.ifPresent(p -> project.after(Durations.STOCK_OUT_RETRY, () -> retry(path, size)));
        if (machines.size(store.pool(path)) > size) {
            goOnLater(path, size, project.now().plus(Durations.SCALE_DOWN_RECHECK));
        }
        return problem.map(p -> Status.newBuilder()
                .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                .setMessage("Google Compute Engine: Not all instances running in IGM. " + p.getMessage())
                .build());
    }

    /** @param patient until when a step follows another quickly; pods that have not gone by then are held by their budgets */
    private void goOnLater(String path, int size, Instant patient) {
        boolean quick = project.now().isBefore(patient);
        project.after(quick ? Durations.DRAIN_STEP : Durations.SCALE_DOWN_RECHECK, () -> goOn(path, size, patient));
    }

    /** Takes away the machines that were not empty before, unless the pool may have them by now. */
    private void goOn(String path, int size, Instant patient) {
        Optional<NodePool> pool = store.findPool(path).filter(p -> p.getStatus() != NodePool.Status.STOPPING);
        if (pool.isEmpty()) {
            return;
        }
        NodePool now = pool.get();
        int wanted = Math.max(size, autoscaled(now, Math.min(size, machines.size(now))));
        if (now.getStatus() == NodePool.Status.RECONCILING
                || machines.isHeld(store.get(ClusterStore.clusterOf(path)), now, wanted)) {
            goOnLater(path, size, patient);
        } else {
            scale(path, wanted);
        }
    }

    /** Waits for what is being changed of the pool meanwhile. */
    private void retry(String path, int size) {
        Optional<NodePool> pool = store.findPool(path);
        if (pool.filter(p -> p.getStatus() == NodePool.Status.RECONCILING).isPresent()) {
            project.after(Durations.STOCK_OUT_RETRY, () -> retry(path, size));
        } else if (pool.filter(p -> p.getStatus() == NodePool.Status.RUNNING_WITH_ERROR)
                .isPresent()) {
            scale(path, size);
        }
    }

    /** Lets the autoscaler act, a little later. */
    void autoscaleLater(String path) {
        project.after(
                Durations.POOL_RESIZE,
                () -> store.findPool(path)
                        .filter(p -> p.getAutoscaling().getEnabled() && p.getStatus() != NodePool.Status.STOPPING)
                        .ifPresent(p -> scale(path, autoscaled(p, machines.size(p)))));
    }

    @SuppressWarnings("deprecation") // The service keeps it for older callers.
    void updateNodeCount(String cluster) {
        int nodes = store.get(cluster).getNodePoolsList().stream()
                .mapToInt(machines::size)
                .sum();
        store.update(cluster, c -> c.setCurrentNodeCount(nodes));
    }
}
