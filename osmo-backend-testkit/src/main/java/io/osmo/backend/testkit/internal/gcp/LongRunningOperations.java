// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Long-running operations as most services of Google have them. */
public final class LongRunningOperations {
    private final GcpProject project;
    private final Map<String, Operation> operations = new HashMap<>();

    public LongRunningOperations(GcpProject project) {
        this.project = project;
    }

    /**
     * Starts an operation.
     *
     * @param parent prefix of its name; may be empty
     * @param effect runs when the time is over and returns the response
     * @param undo runs instead if the operation is to fail
     */
    public Operation begin(String parent, Message metadata, Duration time, Supplier<Message> effect, Runnable undo) {
        Optional<GcpError> failure = project.nextFailure();
        String name = (parent.isEmpty() ? "" : parent + "/") + "operations/operation-" + project.uuid();
        Operation begun = Operation.newBuilder()
                .setName(name)
                .setMetadata(Any.pack(metadata))
                .build();
        operations.put(name, begun);
        project.after(time, () -> {
            Operation.Builder ended = begun.toBuilder().setDone(true);
            failure.ifPresentOrElse(
                    error -> {
                        undo.run();
                        ended.setError(error.status());
                    },
                    () -> ended.setResponse(Any.pack(effect.get())));
            operations.put(name, ended.build());
            project.after(GcpProject.OPERATION_RETENTION, () -> operations.remove(name));
        });
        return begun;
    }

    Operation getOperation(GetOperationRequest r) {
        Operation operation = operations.get(r.getName());
        if (operation == null) {
            throw GcpError.notFound("Operation not found: " + r.getName());
        }
        return operation;
    }
}
