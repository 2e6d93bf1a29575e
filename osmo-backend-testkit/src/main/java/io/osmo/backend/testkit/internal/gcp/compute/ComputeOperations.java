// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Operation;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Operations: global, regional and zonal ones. */
final class ComputeOperations implements Dispatcher.Fallback {
    private final GcpProject project;
    private final TreeMap<String, Message> operations = new TreeMap<>();

    ComputeOperations(GcpProject project) {
        this.project = project;
    }

    /**
     * Starts an operation.
     *
     * @param target path of the resource that it changes
     * @param effect runs when the time is over
     * @param undo runs instead if the operation is to fail
     */
    Operation begin(String type, String target, Duration time, Runnable effect, Runnable undo) {
        Optional<GcpError> failure = project.nextFailure();
        String name = "operation-" + project.now().toEpochMilli() + "-" + project.hex(13) + "-" + project.hex(8);
        String scope = ResourceNames.parent(target);
        String path = scope + "/operations/" + name;
        String[] parts = scope.split("/", -1);
        Operation.Builder operation = Operation.newBuilder()
                .setId(project.newNumber())
                .setName(name)
                .setKind("compute#operation")
                .setOperationType(type)
                .setTargetLink(ComputeResources.url(target))
                .setTargetId(project.newNumber())
                .setStatus(Operation.Status.RUNNING)
                .setProgress(0)
                .setUser("osmo-backend@" + project.id() + ".iam.gserviceaccount.com")
                .setInsertTime(project.timestamp())
                .setStartTime(project.timestamp())
                .setSelfLink(ComputeResources.url(path));
        if (parts[2].equals("regions")) {
            operation.setRegion(ComputeResources.url(scope));
        }
        if (parts[2].equals("zones")) {
            operation.setZone(ComputeResources.url(scope));
        }
        Operation begun = operation.build();
        operations.put(path, begun);
        project.after(time, () -> {
            (failure.isPresent() ? undo : effect).run();
            Operation.Builder done = begun.toBuilder()
                    .setStatus(Operation.Status.DONE)
                    .setProgress(100)
                    .setEndTime(project.timestamp());
            failure.ifPresent(error -> done.setHttpErrorStatusCode(error.httpStatus())
                    .setHttpErrorMessage(error.text())
                    .setError(com.google.cloud.compute.v1.Error.newBuilder()
                            .addErrors(
                                    Errors.newBuilder().setCode(error.reason()).setMessage(error.text()))));
            operations.put(path, done.build());
            project.after(GcpProject.OPERATION_RETENTION, () -> operations.remove(path));
        });
        return begun;
    }

    @Override
    public Optional<Message> call(MethodDescriptor method, Message request) {
        if (!method.getService().getName().endsWith("Operations")) {
            return Optional.empty();
        }
        String path = ComputeCollections.path(method, request).replaceFirst("/wait$", "");
        return switch (method.getName()) {
            case "Get", "Wait" ->
                Optional.of(Optional.ofNullable(operations.get(path))
                        .orElseThrow(() -> GcpError.notFound("The resource '" + path + "' was not found")));
            case "List" ->
                Optional.of(ComputeLists.list(
                        method,
                        request,
                        operations.entrySet().stream()
                                .filter(e -> e.getKey().startsWith(path + "/"))
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new)),
                        project.pageSize()));
            case "AggregatedList" ->
                Optional.of(ComputeLists.aggregated(method, request, operations, project.pageSize()));
            default -> Optional.empty();
        };
    }
}
