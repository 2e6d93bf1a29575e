// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
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
     * @param effect runs when the time is over and returns the response
     */
    public Operation begin(String parent, Message metadata, Duration time, Supplier<Message> effect) {
        String name = (parent.isEmpty() ? "" : parent + "/") + "operations/operation-" + project.uuid();
        Operation begun = Operation.newBuilder()
                .setName(name)
                .setMetadata(Any.pack(metadata))
                .build();
        operations.put(name, begun);
        project.after(time, () -> {
            operations.put(
                    name,
                    begun.toBuilder()
                            .setDone(true)
                            .setResponse(Any.pack(effect.get()))
                            .build());
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
