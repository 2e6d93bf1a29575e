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
        this(backend, differences, "Plan again, and look at the new plan.");
    }

    private StalePlanException(String backend, List<String> differences, String remedy) {
        super(
                backend + ": the plan is stale"
                        + differences.stream().map(d -> "\n  - " + d).collect(Collectors.joining()),
                remedy,
                null);
        this.differences = List.copyOf(differences);
    }

    /** The plan was made for another account than the one whose credentials are in use. */
    public static StalePlanException account(String backend, String planned, String present) {
        return new StalePlanException(
                backend,
                List.of("it was made for account " + planned + "; the credentials in use are of account " + present),
                "Use the credentials of account " + planned + ", or plan again for account " + present
                        + ". Nothing was changed.");
    }

    public List<String> differences() {
        return differences;
    }
}
