// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something did not finish in time: one resource, a read, or a whole apply. */
public final class DeadlineExceededException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final Duration deadline;
    private final transient List<ResourceOutcome> outcomes;

    /**
     * @param what what did not finish, such as {@code nat-gateway/us-west-2a was not ready}
     * @param last its last known state; empty if there is none
     * @param outcomes the outcome of each resource of the plan if a whole apply ran out of time, otherwise empty
     * @param cause the last error, if there was one
     */
    public DeadlineExceededException(
            String what, Duration deadline, String last, List<ResourceOutcome> outcomes, @Nullable Throwable cause) {
        super(
                what + " within " + deadline + (last.isEmpty() ? "" : "; last seen: " + last),
                remedy(cause)
                        + "Look at what was last seen; plan and apply again to resume, with a longer deadline if it was still moving.",
                cause);
        this.deadline = deadline;
        this.outcomes = List.copyOf(outcomes);
    }

    private static String remedy(@Nullable Throwable cause) {
        return cause instanceof OsmoBackendException last && !last.remedy().isEmpty() ? last.remedy() + " " : "";
    }

    public Duration deadline() {
        return deadline;
    }

    /** The outcome of each resource of the plan, in the plan's order; empty unless a whole apply ran out of time. */
    public List<ResourceOutcome> outcomes() {
        return outcomes;
    }
}
