// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.osmo;

/**
 * How a workflow ends on the emulated service.
 *
 * @param status such as {@code COMPLETED} or {@code FAILED_IMAGE_PULL}
 * @param message why it failed; empty if it did not
 * @param logs what its tasks have written
 * @param events what happened to its pods
 */
public record WorkflowEnd(String status, String message, String logs, String events) {
    public static WorkflowEnd completed(String logs) {
        return new WorkflowEnd("COMPLETED", "", logs, "");
    }

    public static WorkflowEnd failed(String status, String message, String events) {
        return new WorkflowEnd(status, message, "", events);
    }
}
