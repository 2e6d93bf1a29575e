// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.diagnosis;

import com.google.container.v1.NodePool;
import com.google.container.v1.Operation;
import com.google.container.v1.Operation.Type;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.spi.provider.Statement;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The operations on one node pool that have ended, as far as GKE remembers them. Pure.
 *
 * @see <a href="https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.operations">GKE: operations</a>
 */
record PoolOperations(List<Operation> ended) {
    /** Operations that end well only when the machines of the pool have started, and those after which it is another pool. */
    private static final Set<Type> SHOW_MACHINES = EnumSet.of(
            Type.CREATE_NODE_POOL,
            Type.DELETE_NODE_POOL,
            Type.SET_NODE_POOL_SIZE,
            Type.UPGRADE_NODES,
            Type.AUTO_REPAIR_NODES);

    static PoolOperations of(ObservedCluster cluster, NodePool pool) {
        return new PoolOperations(cluster.operations().stream()
                .filter(operation -> operation.getStatus() == Operation.Status.DONE
                        && operation.getTargetLink().endsWith("/nodePools/" + pool.getName()))
                .toList());
    }

    /** The newest failure that no later operation has made good, with its time. */
    Optional<Statement> failure() {
        return ended.stream()
                .filter(operation -> operation.hasError()
                        && !operation.getError().getMessage().isEmpty())
                .filter(failed -> ended.stream().noneMatch(later -> makesGood(later, failed)))
                .max(Comparator.comparing(PoolOperations::time))
                .map(failed -> new Statement(
                        "operation of " + failed.getEndTime(),
                        "",
                        failed.getError().getMessage()));
    }

    private static boolean makesGood(Operation later, Operation failed) {
        return !later.hasError()
                && time(later).isAfter(time(failed))
                && (SHOW_MACHINES.contains(later.getOperationType())
                        || later.getOperationType() == failed.getOperationType());
    }

    /** When it ended; the texts have as many digits of a second as GKE likes, so they cannot be compared themselves. */
    private static Instant time(Operation operation) {
        try {
            return Instant.parse(operation.getEndTime());
        } catch (DateTimeParseException notTold) {
            return Instant.EPOCH;
        }
    }
}
