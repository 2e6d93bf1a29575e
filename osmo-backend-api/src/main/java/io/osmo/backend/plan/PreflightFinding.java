// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.cost.CostEstimate;
import java.util.List;
import java.util.Optional;

/**
 * The result of one check of a preflight.
 *
 * @param check id of the check, such as {@code preflight.version-offered}
 * @param status the outcome; UNKNOWN if something could not be read
 * @param requirement id of the requirement that the check serves, if any
 * @param message what was observed and expected
 * @param remedy what to do next; empty if passed
 * @param shortage the insufficient quota, if the finding is about one
 * @param cost the cost of the backend, if the finding is about that
 */
public record PreflightFinding(
        String check,
        Status status,
        Optional<String> requirement,
        String message,
        String remedy,
        Optional<QuotaShortage> shortage,
        Optional<CostEstimate> cost) {
    /** A finding about neither a quota nor the cost. */
    public PreflightFinding(String check, Status status, Optional<String> requirement, String message, String remedy) {
        this(check, status, requirement, message, remedy, Optional.empty(), Optional.empty());
    }

    /** This finding with what would be possible instead, one clause each, in the remedy and in the shortage if there is one. */
    public PreflightFinding withOffers(List<String> offers) {
        return new PreflightFinding(
                check,
                status,
                requirement,
                message,
                (remedy + " Or: " + String.join("; ", offers) + ".").strip(),
                shortage.map(quota -> quota.withAlternatives(offers)),
                cost);
    }

    /** Results of a check. Only FAIL prevents an apply. */
    public enum Status {
        PASS,
        WARN,
        FAIL,
        UNKNOWN
    }
}
