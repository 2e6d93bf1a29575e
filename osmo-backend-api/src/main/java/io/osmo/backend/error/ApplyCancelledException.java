// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import io.osmo.backend.error.ResourceOutcome.Status;
import java.util.List;

/** An apply was cancelled, or a thread was interrupted while it read the cloud or waited for an apply. */
public final class ApplyCancelledException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<ResourceOutcome> outcomes;

    /**
     * @param what the backend as text; without outcomes a sentence about what was interrupted
     * @param outcomes one of each resource of the plan; empty when there are none or they are not known
     */
    public ApplyCancelledException(String what, List<ResourceOutcome> outcomes) {
        super(
                outcomes.isEmpty()
                        ? what
                        : what + ": cancelled with " + ResourceOutcome.count(outcomes, Status.DONE) + " of "
                                + outcomes.size() + " resources done",
                outcomes.isEmpty() ? "Try again." : "Plan and apply again to resume.",
                null);
        this.outcomes = List.copyOf(outcomes);
    }

    /** One outcome of each resource of the plan, in the plan's order, after running calls have ended; empty if none are known. */
    public List<ResourceOutcome> outcomes() {
        return outcomes;
    }
}
