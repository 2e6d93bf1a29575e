// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.plan.QuotaShortage;
import io.osmo.backend.spec.Requirement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One check of the preflight. Stateless.
 *
 * @param <C> one backend of one cloud
 */
public abstract class PreflightCheck<C extends ProviderContext> {
    private final String id;
    private final Optional<Requirement> requirement;

    /** @param name name of the check without {@code preflight.} */
    protected PreflightCheck(String name, Requirement requirement) {
        this(name, Optional.of(requirement));
    }

    protected PreflightCheck(String name) {
        this(name, Optional.empty());
    }

    PreflightCheck(String name, Optional<Requirement> requirement) {
        this.id = "preflight." + name;
        this.requirement = requirement;
    }

    /**
     * Runs the check, with calls that change nothing. Returns no finding if the check does not apply to the spec. A {@code
     * CloudException} becomes a finding UNKNOWN.
     */
    protected abstract CompletableFuture<List<PreflightFinding>> run(Survey<C> survey);

    public final String id() {
        return id;
    }

    protected final PreflightFinding pass(String message) {
        return finding(Status.PASS, message, "");
    }

    protected final PreflightFinding warn(String message, String remedy) {
        return finding(Status.WARN, message, remedy);
    }

    protected final PreflightFinding fail(String message, String remedy) {
        return finding(Status.FAIL, message, remedy);
    }

    /** An insufficient quota. */
    protected final PreflightFinding fail(String message, String remedy, QuotaShortage shortage) {
        return new PreflightFinding(
                id,
                Status.FAIL,
                requirement.map(Requirement::id),
                message,
                remedy,
                Optional.of(shortage),
                Optional.empty());
    }

    /** The cost of the backend; a warning if prices are missing. */
    protected final PreflightFinding finding(CostEstimate cost, String message, String remedy) {
        return new PreflightFinding(
                id,
                cost.complete() ? Status.PASS : Status.WARN,
                requirement.map(Requirement::id),
                message,
                remedy,
                Optional.empty(),
                Optional.of(cost));
    }

    protected final PreflightFinding unknown(String reason, String remedy) {
        return finding(Status.UNKNOWN, reason, remedy);
    }

    /** A violation of a rule. */
    protected final PreflightFinding fail(Violation violation) {
        return new PreflightFinding(
                id,
                Status.FAIL,
                violation.requirement(),
                violation.path() + ": given " + violation.given() + "; allowed: " + violation.allowed(),
                violation.remedy());
    }

    private PreflightFinding finding(Status status, String message, String remedy) {
        return new PreflightFinding(id, status, requirement.map(Requirement::id), message, remedy);
    }

    protected static CompletableFuture<List<PreflightFinding>> none() {
        return CompletableFuture.completedFuture(List.of());
    }
}
