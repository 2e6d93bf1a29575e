// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import io.osmo.backend.testkit.fault.Call;
import java.util.Locale;

/**
 * The name of a call's operation, such as {@code PUT Microsoft.ContainerService/managedClusters}.
 *
 * @param verb the HTTP method, or {@code LIST} for a collection and {@code POLL} for the state of an operation
 * @param type type of the resource, followed by the action if there is one; of a {@code POLL} only the namespace
 */
public record OperationName(String verb, String type) {
    public static OperationName of(Call call) {
        String[] parts = call.operation().split(" ", 2);
        return new OperationName(parts[0], parts[1]);
    }

    /** Whether the call only reads. */
    public boolean reads() {
        return switch (verb) {
            case "GET", "HEAD", "LIST", "POLL" -> true;
            case "POST" -> {
                String action = type.substring(type.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
                yield action.startsWith("list") || action.startsWith("check") || action.startsWith("validate");
            }
            default -> false;
        };
    }

    @Override
    public String toString() {
        return verb + " " + type;
    }
}
