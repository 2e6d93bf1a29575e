// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.cost.CostEstimate;
import java.util.Optional;

/**
 * One answer of a preflight.
 *
 * @param check id of the check, such as {@code preflight.version-offered}
 * @param status what came out; what could not be read is UNKNOWN
 * @param requirement id of the requirement it serves, if any
 * @param message observed and expected
 * @param remedy the next thing to do, empty when passed
 * @param shortage the quota that does not suffice, when that is what it is about
 * @param cost what the backend costs, when that is what it is about
 */
public record PreflightFinding(
        String check,
        Status status,
        Optional<String> requirement,
        String message,
        String remedy,
        Optional<QuotaShortage> shortage,
        Optional<CostEstimate> cost) {
    /** A finding that is about neither a quota nor the cost. */
    public PreflightFinding(String check, Status status, Optional<String> requirement, String message, String remedy) {
        this(check, status, requirement, message, remedy, Optional.empty(), Optional.empty());
    }

    /** Outcomes. Only FAIL forbids going on. */
    public enum Status {
        PASS,
        WARN,
        FAIL,
        UNKNOWN
    }
}
