// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.List;
import java.util.stream.Collectors;

/** The preflight that an apply requires has not passed, or does not cover the plan. Nothing was changed. */
public final class PreflightRequiredException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<String> reasons;

    /**
     * @param problem what is wrong with the preflight, as a clause
     * @param reasons what failed or could not be read, one sentence each
     */
    public PreflightRequiredException(String backend, String problem, List<String> reasons, String remedy) {
        super(
                backend + ": not applied, " + problem
                        + reasons.stream().map(reason -> "\n  - " + reason).collect(Collectors.joining()),
                remedy + " Nothing was changed.",
                null);
        this.reasons = List.copyOf(reasons);
    }

    /** What failed or could not be read, one sentence each; empty if the preflight does not cover the plan. */
    public List<String> reasons() {
        return reasons;
    }
}
