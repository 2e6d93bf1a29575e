// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.Verdict;
import io.osmo.backend.error.PreflightRequiredException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Holds a plan against the preflight that its caller requires. */
public final class PreflightGate {
    /** Quotas, reservations and permissions change; one night lies between a preflight and an approval. */
    private static final Duration OLDEST = Duration.ofDays(1);

    private PreflightGate() {}

    /** @throws PreflightRequiredException when the preflight is of something else, is too old, or has not passed */
    public static void require(Plan plan, ApplyOptions options, Instant now) {
        options.requiredPreflight()
                .ifPresent(report -> require(plan, report, options.allowsInconclusivePreflight(), now));
    }

    private static void require(Plan plan, PreflightReport report, boolean inconclusiveAllowed, Instant now) {
        String backend = plan.ref().toString();
        if (!report.covers(plan)) {
            throw new PreflightRequiredException(
                    backend,
                    "the preflight of " + report.ref() + " is for another plan or spec",
                    List.of(),
                    "Call osmo.preflight(plan) with the plan that you apply, and require that report.");
        }
        if (report.at().plus(OLDEST).isBefore(now)) {
            throw new PreflightRequiredException(
                    backend,
                    "the preflight is of " + report.at() + ", more than a day ago",
                    List.of(),
                    "Run osmo.preflight(plan) again: what it read may have changed.");
        }
        if (report.verdict() == Verdict.FAILED) {
            throw new PreflightRequiredException(
                    backend,
                    "the preflight failed",
                    texts(report, Status.FAIL),
                    "Do what the preflight says, and run it again.");
        }
        if (report.verdict() == Verdict.INCONCLUSIVE && !inconclusiveAllowed) {
            throw new PreflightRequiredException(
                    backend,
                    "the preflight is inconclusive",
                    texts(report, Status.UNKNOWN),
                    "Grant what is missing and run it again, or accept this with"
                            + " ApplyOptions.allowInconclusivePreflight().");
        }
    }

    private static List<String> texts(PreflightReport report, Status status) {
        return report.findings().stream()
                .filter(finding -> finding.status() == status)
                .map(PreflightGate::text)
                .toList();
    }

    private static String text(PreflightFinding finding) {
        return finding.check() + ": " + finding.message() + (finding.remedy().isEmpty() ? "" : " " + finding.remedy());
    }
}
