// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.*;
import com.google.protobuf.Empty;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Operations: one at a time for each cluster. */
final class Operations {
    private final GcpProject project;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    /** The operation that runs on a cluster, by the path of the cluster. */
    private final Map<String, String> running = new LinkedHashMap<>();
    /** What undoes an operation that can be cancelled, by its path. */
    private final Map<String, Runnable> undo = new LinkedHashMap<>();
    /** Remembers a cluster as it is, and returns what puts it back. */
    private Function<String, Runnable> snapshots = cluster -> () -> {};

    Operations(GcpProject project) {
        this.project = project;
    }

    /** @param taking remembers a cluster, by its path, as it is, and returns what puts it back after an operation that is to fail */
    void snapshots(Function<String, Runnable> taking) {
        snapshots = taking;
    }

    /** Refused while an operation runs on the cluster. */
    void requireIdle(String cluster) {
        String other = running.get(cluster);
        if (other != null) {
            String name = ResourceNames.last(other);
            throw GcpError.precondition(
                    find(other).getOperationType() == Operation.Type.DELETE_NODE_POOL
                            ? "Operation " + name + " is currently deleting a node pool for cluster "
                                    + ResourceNames.last(cluster) + ". Please wait and try again once it is done."
                            : "Cluster is running incompatible operation " + name + ".");
        }
    }

    /**
     * The progress of an operation.
     *
     * @param done whether it has ended; otherwise it continues a little later
     * @param problem what went wrong
     */
    record Outcome(boolean done, Optional<Status> problem) {
        static final Outcome PENDING = new Outcome(false, Optional.empty());

        static Outcome of(Optional<Status> problem) {
            return new Outcome(true, problem);
        }
    }

    /**
     * Starts an operation on an idle cluster.
     *
     * @param target path of what it changes
     * @param effect runs when the time is over and returns what went wrong
     */
    Operation begin(
            String cluster, Operation.Type type, String target, Duration time, Supplier<Optional<Status>> effect) {
        return beginStepwise(cluster, type, target, time, () -> Outcome.of(effect.get()));
    }

    /**
     * Likewise, for an operation that may take longer.
     *
     * @param step runs when the time is over, and again until it is done
     */
    Operation beginStepwise(String cluster, Operation.Type type, String target, Duration time, Supplier<Outcome> step) {
        requireIdle(cluster);
        Runnable restore = snapshots.apply(cluster);
        Supplier<Outcome> progress = project.nextFailure()
                .<Supplier<Outcome>>map(error -> () -> {
                    restore.run();
                    return Outcome.of(Optional.of(error.status()));
                })
                .orElse(step);
        String location = ResourceNames.scope(cluster);
        String name = "operation-" + project.now().toEpochMilli() + "-" + project.uuid();
        String path = project.path("locations/" + location + "/operations/" + name);
        Operation begun = Operation.newBuilder()
                .setName(name)
                .setOperationType(type)
                .setStatus(Operation.Status.PENDING)
                .setSelfLink(selfLink(path))
                .setTargetLink(selfLink(target))
                .setStartTime(project.timestamp())
                .setLocation(location)
                .build();
        operations.put(path, begun);
        running.put(cluster, path);
        project.after(
                Durations.OPERATION_QUEUE,
                () -> operations.computeIfPresent(
                        path,
                        (p, o) -> o.getStatus() == Operation.Status.PENDING
                                ? o.toBuilder()
                                        .setStatus(Operation.Status.RUNNING)
                                        .build()
                                : o));
        project.after(time, () -> proceed(cluster, path, progress));
        return begun;
    }

    private void proceed(String cluster, String path, Supplier<Outcome> step) {
        if (!path.equals(running.get(cluster)) || find(path).getStatus() == Operation.Status.ABORTING) {
            return;
        }
        Outcome outcome = step.get();
        if (outcome.done()) {
            finish(cluster, path, outcome.problem());
        } else {
            project.after(Durations.DRAIN_STEP, () -> proceed(cluster, path, step));
        }
    }

    /** Makes the running operation of a cluster one that can be cancelled. */
    void allowCancel(String cluster, Runnable undoing) {
        undo.put(running.get(cluster), undoing);
    }

    /** URL of a resource; it names the project by number. */
    String selfLink(String path) {
        return "https://container.googleapis.com/v1/"
                + path.replace(project.path() + "/", "projects/" + project.number() + "/");
    }

    /** Ends what runs on a cluster as failed. */
    void fail(String cluster, String message) {
        Optional.ofNullable(running.get(cluster))
                .ifPresent(path -> finish(
                        cluster,
                        path,
                        Optional.of(Status.newBuilder()
                                .setCode(Code.INTERNAL_VALUE)
                                .setMessage(message)
                                .build())));
    }

    private void finish(String cluster, String path, Optional<Status> error) {
        running.remove(cluster, path);
        undo.remove(path);
        Operation.Builder done =
                find(path).toBuilder().setStatus(Operation.Status.DONE).setEndTime(project.timestamp());
        error.ifPresent(e -> done.setError(e).setStatusMessage(e.getMessage()));
        operations.put(path, done.build());
        project.after(GcpProject.OPERATION_RETENTION, () -> operations.remove(path));
    }

    ListOperationsResponse listOperations(ListOperationsRequest r) {
        String location = ResourceNames.location(r.getParent());
        return ListOperationsResponse.newBuilder()
                .addAllOperations(operations.values().stream()
                        .filter(o -> location.equals("-") || o.getLocation().equals(location))
                        .toList())
                .build();
    }

    Operation getOperation(GetOperationRequest r) {
        return find(r.getName());
    }

    Empty cancelOperation(CancelOperationRequest r) {
        Operation operation = find(r.getName());
        Runnable undoing = undo.get(r.getName());
        if (operation.getStatus() == Operation.Status.DONE || undoing == null) {
            throw GcpError.precondition("Operation " + operation.getName() + " cannot be cancelled.");
        }
        operations.put(
                r.getName(),
                operation.toBuilder().setStatus(Operation.Status.ABORTING).build());
        String cluster = running.entrySet().stream()
                .filter(e -> e.getValue().equals(r.getName()))
                .findFirst()
                .orElseThrow()
                .getKey();
        project.after(Durations.POOL_UPDATE, () -> {
            undoing.run();
            finish(
                    cluster,
                    r.getName(),
                    Optional.of(Status.newBuilder()
                            .setCode(Code.CANCELLED_VALUE)
                            .setMessage("Operation was aborted")
                            .build()));
        });
        return Empty.getDefaultInstance();
    }

    private Operation find(String path) {
        Operation operation = operations.get(path);
        if (operation == null) {
            throw GcpError.notFound("Not found: " + path + ".");
        }
        return operation;
    }
}
