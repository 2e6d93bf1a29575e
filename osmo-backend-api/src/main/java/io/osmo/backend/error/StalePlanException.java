// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The cloud has changed since the plan was made, so applying it would do something that the plan does not say. Thrown before anything is
 * changed. It is also among the failures of a {@link PartialApplyException}, if only during the apply a resource turns out to need a
 * replacement.
 */
public final class StalePlanException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<String> differences;

    /** @param differences what an apply would do that the plan does not say, one sentence each */
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

    /** For a plan that was made for another account than that of the credentials in use. */
    public static StalePlanException account(String backend, String planned, String present) {
        return new StalePlanException(
                backend,
                List.of("it was made for account " + planned + "; the credentials in use are of account " + present),
                "Use the credentials of account " + planned + ", or plan again for account " + present
                        + ". Nothing was changed.");
    }

    /** For a plan that was made for a cluster that is gone, where another one has its name now. */
    public static StalePlanException cluster(String backend) {
        return new StalePlanException(
                backend,
                List.of(
                        "it was made for a cluster that no longer exists; the one that has its name now was created later"),
                "Plan again, and look at the new plan. Nothing was changed.");
    }

    public List<String> differences() {
        return differences;
    }
}
