// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
     * @param effect runs when the time is over and returns the response; what it throws ends the operation as failed
     */
    public Operation begin(String parent, Message metadata, Duration time, Supplier<Message> effect) {
        String name = (parent.isEmpty() ? "" : parent + "/") + "operations/operation-" + project.uuid();
        Operation begun = Operation.newBuilder()
                .setName(name)
                .setMetadata(Any.pack(metadata))
                .build();
        operations.put(name, begun);
        project.after(time, () -> {
            operations.put(name, ended(begun, effect));
            project.after(GcpProject.OPERATION_RETENTION, () -> operations.remove(name));
        });
        return begun;
    }

    private static Operation ended(Operation begun, Supplier<Message> effect) {
        Operation.Builder ended = begun.toBuilder().setDone(true);
        try {
            return ended.setResponse(Any.pack(effect.get())).build();
        } catch (GcpError failure) {
            return ended.setError(Status.newBuilder()
                            .setCode(failure.code().getNumber())
                            .setMessage(failure.text())
                            .addDetails(Any.pack(ErrorInfo.newBuilder()
                                    .setReason(failure.reason())
                                    .build())))
                    .build();
        }
    }

    Operation getOperation(GetOperationRequest r) {
        Operation operation = operations.get(r.getName());
        if (operation == null) {
            throw GcpError.notFound("Operation not found: " + r.getName());
        }
        return operation;
    }
}
