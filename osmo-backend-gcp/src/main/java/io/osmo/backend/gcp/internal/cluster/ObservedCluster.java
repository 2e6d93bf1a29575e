// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.container.v1.Operation;
import com.google.container.v1.StatusCondition;
import io.osmo.backend.gcp.internal.GcpErrorTable;
import io.osmo.backend.gcp.internal.LastOperation;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.spi.Readiness;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A cluster with its pools, and the operations that are running on it. GKE changes one thing of a cluster at a time and refuses a
 * second change, so every change waits until {@link #busy()} is empty.
 *
 * @param cluster as GKE describes it, pools included
 * @param operations those on the cluster or one of its pools, as far as GKE remembers them
 */
public record ObservedCluster(Cluster cluster, List<Operation> operations) {
    /** Of a condition without a code. */
    private static final String NONE = "OK";

    public ObservedCluster {
        operations = List.copyOf(operations);
    }

    /** Region or zone of the control plane. */
    public String location() {
        return cluster.getLocation();
    }

    /** The operation that is running, in GKE's own words. */
    public Optional<String> busy() {
        return operations.stream()
                .filter(operation -> operation.getStatus() != Operation.Status.DONE)
                .findFirst()
                .map(operation -> operation.getOperationType() + " " + operation.getName());
    }

    /**
     * What GKE says of an operation on it; one that has succeeded counts as forgotten.
     *
     * @param call for which permission is asked, such as {@code container.clusters.update}
     */
    public LastOperation.Progress progress(String call, String name) {
        return operations.stream()
                .filter(operation -> operation.getName().equals(name))
                .findFirst()
                .map(operation -> progress(call, operation))
                .orElseGet(LastOperation.Progress::forgotten);
    }

    static LastOperation.Progress progress(String call, Operation operation) {
        return LastOperation.Progress.of(
                call,
                operation.getStatus() == Operation.Status.DONE,
                operation.hasError() ? Optional.of(operation.getError()) : Optional.empty());
    }

    /** Pending as long as an operation is running, with the operation as the reason; else as given. */
    public Readiness unlessBusy(Readiness idle) {
        return busy().map(Readiness::pending).orElse(idle);
    }

    /** Whether it is being deleted. */
    public boolean isGoing() {
        return cluster.getStatus() == Cluster.Status.STOPPING;
    }

    /** Whether it has ever had nodes, so that there may be work and data in it. */
    boolean hasRun() {
        return cluster.getNodePoolsList().stream()
                .anyMatch(pool ->
                        pool.getStatus() != NodePool.Status.PROVISIONING && pool.getStatus() != NodePool.Status.ERROR);
    }

    /** Whether nothing answers at its address, although GKE may name one: its creation has failed. */
    public boolean neverCameUp() {
        return cluster.getStatus() == Cluster.Status.ERROR && !hasRun();
    }

    Readiness readiness() {
        return switch (cluster.getStatus()) {
            case STOPPING -> Readiness.deleting();
            case ERROR -> unlessBusy(failed(problems(), cluster.getConditionsList()));
            case PROVISIONING, RECONCILING ->
                unlessBusy(Readiness.pending(cluster.getStatus().name()));
            default -> unlessBusy(Readiness.ready());
        };
    }

    /** What will not become ready by waiting, by the codes of its conditions. */
    public static Readiness failed(String problems, List<StatusCondition> conditions) {
        String code = conditions.stream()
                .map(ObservedCluster::code)
                .filter(each -> !each.equals(NONE))
                .findFirst()
                .orElse("");
        return GcpErrorTable.table().failed(code, code, problems);
    }

    /** The newer of its two fields; stock-outs and quota are in the older one only. */
    @SuppressWarnings("deprecation")
    public static String code(StatusCondition condition) {
        return condition.getCode() == StatusCondition.Code.UNKNOWN
                ? condition.getCanonicalCode().name()
                : condition.getCode().name();
    }

    private String problems() {
        return cluster.getStatus()
                + cluster.getConditionsList().stream()
                        .map(StatusCondition::getMessage)
                        .collect(Collectors.joining("; ", ": ", ""));
    }

    public Placement placement() {
        return new Placement(
                cluster.getLocation(),
                cluster.getLocationsList().stream().sorted().toList());
    }
}
