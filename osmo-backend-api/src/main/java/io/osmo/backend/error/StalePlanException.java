// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The cloud has moved on since a plan was made, so that applying it would do something that the plan does not say.
 * Thrown before anything is changed; among the failures of a {@link PartialApplyException} when a resource shows only on the way
 * that it must be replaced.
 */
public final class StalePlanException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<String> differences;

    /** @param differences what would be done that the plan does not say, one sentence each */
    public StalePlanException(String backend, List<String> differences) {
        super(
                backend + ": the plan is stale"
                        + differences.stream().map(d -> "\n  - " + d).collect(Collectors.joining()),
                "Plan again, and look at the new plan.",
                null);
        this.differences = List.copyOf(differences);
    }

    public List<String> differences() {
        return differences;
    }
}
