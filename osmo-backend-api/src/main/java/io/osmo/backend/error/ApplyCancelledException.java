// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import io.osmo.backend.error.ResourceOutcome.Status;
import java.util.List;

/** An apply was cancelled or its thread interrupted. Calls that were on their way were waited for; nothing is half known. */
public final class ApplyCancelledException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<ResourceOutcome> outcomes;

    /**
     * @param backend the backend as text
     * @param outcomes one of each resource of the plan; empty when nothing had started
     */
    public ApplyCancelledException(String backend, List<ResourceOutcome> outcomes) {
        super(
                backend + ": cancelled with " + ResourceOutcome.count(outcomes, Status.DONE) + " of " + outcomes.size()
                        + " resources done",
                "Plan and apply again to resume.",
                null);
        this.outcomes = List.copyOf(outcomes);
    }

    /** One outcome of each resource of the plan, in the plan's order. */
    public List<ResourceOutcome> outcomes() {
        return outcomes;
    }
}
