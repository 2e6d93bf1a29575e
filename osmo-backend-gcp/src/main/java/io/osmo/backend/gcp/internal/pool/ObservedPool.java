// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.StatusCondition;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.spi.Readiness;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A pool as GKE describes it, and the cluster that it is in.
 *
 * @param zones nodes that it has or is getting in each of its zones; empty when that was not read
 */
public record ObservedPool(NodePool pool, ObservedCluster cluster, Optional<List<GroupSizes.Size>> zones) {
    static List<ObservedPool> in(ObservedCluster cluster) {
        return in(cluster, GroupSizes.UNREAD);
    }

    static List<ObservedPool> in(ObservedCluster cluster, GroupSizes sizes) {
        return cluster.cluster().getNodePoolsList().stream()
                .map(pool -> new ObservedPool(pool, cluster, sizes.of(pool)))
                .toList();
    }

    ObservedPool with(GroupSizes read) {
        return new ObservedPool(pool, cluster, read.of(pool));
    }

    /** Nodes that it has or is getting in each of its zones; empty when that was not read. */
    Optional<List<Integer>> sizes() {
        return zones.map(all -> all.stream().map(GroupSizes.Size::target).toList());
    }

    /** Nodes in all zones; empty when that was not read. */
    Optional<Integer> nodes() {
        return sizes().map(all -> all.stream().mapToInt(Integer::intValue).sum());
    }

    /** Whether it is known that there is no machine: one that lacks capacity is getting nodes, and has none. */
    boolean hasNoMachine() {
        return zones.filter(all -> all.stream().allMatch(size -> size.machines() == 0))
                .isPresent();
    }

    /** Whether nothing is being done with it or its cluster. */
    boolean isIdle() {
        return pool.getStatus() == NodePool.Status.RUNNING && cluster.busy().isEmpty();
    }

    Readiness readiness() {
        return switch (pool.getStatus()) {
            case STOPPING -> Readiness.deleting();
            case PROVISIONING, RECONCILING ->
                cluster.unlessBusy(Readiness.pending(pool.getStatus().name()));
            case ERROR -> cluster.unlessBusy(ObservedCluster.failed(problems(), pool.getConditionsList()));
            default -> cluster.unlessBusy(Readiness.ready());
        };
    }

    /** Whether it has failed before it had a machine. */
    boolean isEmpty() {
        return pool.getStatus() == NodePool.Status.ERROR && pool.getInstanceGroupUrlsCount() == 0;
    }

    /** Whether it has failed for lack of capacity, or before, and no machine of it has ever run or runs now. */
    boolean runsNothing() {
        return isEmpty() || shortage().isPresent() && hasNoMachine();
    }

    /** Whether it is known to have no node, and is not to have any. */
    boolean hasNoNodes() {
        NodePoolAutoscaling bounds = pool.getAutoscaling();
        boolean mayBeEmpty =
                !bounds.getEnabled() || bounds.getTotalMinNodeCount() == 0 && bounds.getMinNodeCount() == 0;
        return mayBeEmpty
                && hasNoMachine()
                && nodes().filter(count -> count == 0).isPresent();
    }

    /** Why an existing pool lacks nodes although it stays. */
    Optional<String> shortage() {
        return pool.getStatus() == NodePool.Status.RUNNING_WITH_ERROR ? Optional.of(problems()) : Optional.empty();
    }

    /** Whether it gets no nodes because their disks cannot be encrypted. GKE tries again every few minutes. */
    boolean lacksKey() {
        return pool.getStatus() == NodePool.Status.RUNNING_WITH_ERROR
                && pool.getConditionsList().stream()
                        .anyMatch(condition -> condition.getCode() == StatusCondition.Code.CLOUD_KMS_KEY_ERROR);
    }

    /** The status and all conditions. */
    String problems() {
        return pool.getStatus() + ": "
                + pool.getConditionsList().stream()
                        .map(condition -> ObservedCluster.code(condition) + " " + condition.getMessage())
                        .collect(Collectors.joining("; "));
    }

    /** What GKE says is wrong with a pool. */
    public static List<String> issues(NodePool pool) {
        return pool.getConditionsList().stream()
                .map(condition -> ObservedCluster.code(condition) + ": " + condition.getMessage())
                .toList();
    }
}
