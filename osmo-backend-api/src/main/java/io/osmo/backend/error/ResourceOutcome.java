// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import io.osmo.backend.resource.ResourceId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How one resource of a plan came out of an apply.
 *
 * @param resource the resource, such as {@code node-group/h100}
 * @param status how it ended
 * @param detail why, empty when done; never a secret
 * @param remedy what to do about it, empty when nothing is to be done
 */
public record ResourceOutcome(ResourceId resource, Status status, String detail, String remedy) {
    /** Ways to end. */
    public enum Status {
        /** As the plan wanted it. */
        DONE,
        FAILED,
        /** Not started, because something that it needs has failed. */
        SKIPPED,
        /** Not finished, because the apply was cancelled or ran out of time. */
        CANCELLED,
        /** Failed or lost its pool, and what was made of it in this apply was deleted again. */
        ROLLED_BACK
    }

    static String list(List<ResourceOutcome> outcomes, Status status) {
        return outcomes.stream()
                .filter(o -> o.status() == status)
                .map(o -> "\n  - " + o.resource() + (o.detail().isEmpty() ? "" : ": " + o.detail())
                        + (o.remedy().isEmpty() ? "" : "\n    " + o.remedy()))
                .collect(Collectors.joining());
    }

    static long count(List<ResourceOutcome> outcomes, Status status) {
        return outcomes.stream().filter(o -> o.status() == status).count();
    }
}
