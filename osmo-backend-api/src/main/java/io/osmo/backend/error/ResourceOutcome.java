// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import io.osmo.backend.resource.ResourceId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The outcome of an apply for one resource of its plan.
 *
 * @param resource the resource, such as {@code node-group/h100}
 * @param status the result
 * @param detail the reason; empty if done; never a secret
 * @param remedy what to do next; empty if nothing
 */
public record ResourceOutcome(ResourceId resource, Status status, String detail, String remedy) {
    /** Results for a resource. */
    public enum Status {
        /** Matches the plan. */
        DONE,
        FAILED,
        /** Not started, because a resource that it depends on failed. */
        SKIPPED,
        /** Not finished, because the apply was cancelled or ran out of time. */
        CANCELLED,
        /** Failed, or belongs to a pool that failed, and what this apply had created of it was deleted again. */
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
