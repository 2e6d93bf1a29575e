// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One question of the preflight. Stateless. */
abstract class PreflightCheck {
    private final String id;
    private final Optional<Requirement> requirement;

    PreflightCheck(String name, Requirement requirement) {
        this(name, Optional.of(requirement));
    }

    PreflightCheck(String name) {
        this(name, Optional.empty());
    }

    private PreflightCheck(String name, Optional<Requirement> requirement) {
        this.id = "preflight." + name;
        this.requirement = requirement;
    }

    /**
     * Answers with calls that change nothing; none when the spec gives no reason to ask. A {@code CloudException} counts as
     * not known.
     */
    abstract CompletableFuture<List<PreflightFinding>> run(AwsContext aws, BackendSpec spec);

    final String id() {
        return id;
    }

    final PreflightFinding pass(String message) {
        return finding(Status.PASS, message, "");
    }

    final PreflightFinding warn(String message, String remedy) {
        return finding(Status.WARN, message, remedy);
    }

    final PreflightFinding fail(String message, String remedy) {
        return finding(Status.FAIL, message, remedy);
    }

    final PreflightFinding unknown(String reason, String remedy) {
        return finding(Status.UNKNOWN, reason, remedy);
    }

    /** A rule of the spec that is broken. */
    final PreflightFinding fail(Violation violation) {
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

    static CompletableFuture<List<PreflightFinding>> none() {
        return CompletableFuture.completedFuture(List.of());
    }
}
