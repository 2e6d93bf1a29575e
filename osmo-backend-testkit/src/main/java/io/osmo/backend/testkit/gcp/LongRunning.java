// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Operations as most services of Google have them. */
final class LongRunning {
    private final GcpProject project;
    private final Map<String, Operation> operations = new HashMap<>();

    LongRunning(GcpProject project) {
        this.project = project;
    }

    /**
     * Begins an operation.
     *
     * @param parent what its name begins with; empty for none
     * @param effect happens when it is done and says what it came to
     */
    Operation begin(String parent, Message metadata, Duration time, Supplier<Message> effect) {
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
            project.after(Durations.OPERATION_MEMORY, () -> operations.remove(name));
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
