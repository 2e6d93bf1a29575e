// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something was not done in the time that it was given: one resource, a read, or a whole apply. */
public final class DeadlineExceededException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final Duration deadline;
    private final transient List<ResourceOutcome> outcomes;

    /**
     * @param what what was not done, such as {@code nat-gateway/us-west-2a was not ready}
     * @param last what was last seen of it, empty when nothing
     * @param outcomes one of each resource of the plan when a whole apply ran out of time, else empty
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

    /** One outcome of each resource of the plan, in the plan's order; empty unless a whole apply ran out of time. */
    public List<ResourceOutcome> outcomes() {
        return outcomes;
    }
}
