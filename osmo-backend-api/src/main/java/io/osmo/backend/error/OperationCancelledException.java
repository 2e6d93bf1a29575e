// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import io.osmo.backend.error.ResourceOutcome.Status;
import java.util.List;

/**
 * An operation was cancelled: an apply by its caller, or any blocking operation by an interruption of its thread, which then has its
 * interrupt flag set.
 */
public final class OperationCancelledException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<ResourceOutcome> outcomes;

    /**
     * @param what the backend as text; without outcomes, a sentence about what was interrupted
     * @param outcomes the outcome of each resource of the plan; empty if there is no plan or they are not known
     */
    public OperationCancelledException(String what, List<ResourceOutcome> outcomes) {
        super(
                outcomes.isEmpty()
                        ? what
                        : what + ": cancelled with " + ResourceOutcome.count(outcomes, Status.DONE) + " of "
                                + outcomes.size() + " resources done",
                outcomes.isEmpty() ? "Try again." : "Plan and apply again to resume.",
                null);
        this.outcomes = List.copyOf(outcomes);
    }

    /** The outcome of each resource of the plan, in the plan's order, once running calls have ended; empty if not known. */
    public List<ResourceOutcome> outcomes() {
        return outcomes;
    }
}
