// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.verifier;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.check.Waiver;
import io.osmo.backend.verify.report.Acceptance;
import io.osmo.backend.verify.report.PoolSummary;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Vantage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs checks on a snapshot. Pure.
 *
 * @param asOf the day to judge for; that of the snapshot when it is empty
 */
public record Judge(CheckSet checks, List<Waiver> waivers, Optional<LocalDate> asOf) {
    public Judge {
        waivers = List.copyOf(waivers);
    }

    public static Judge standard() {
        return new Judge(CheckSet.standard(), List.of(), Optional.empty());
    }

    public Judge with(CheckSet other) {
        return new Judge(other, waivers, asOf);
    }

    /** @throws IllegalArgumentException naming each id that no check has, selected or not */
    public Judge waive(Collection<Waiver> accepted) {
        checks.requireKnown(accepted.stream().map(Waiver::check).toList());
        List<Waiver> all = new ArrayList<>(waivers);
        all.addAll(accepted);
        return new Judge(checks, all, asOf);
    }

    public Judge asOf(LocalDate day) {
        return new Judge(checks, waivers, Optional.of(day));
    }

    public Report judge(ClusterSnapshot snapshot) {
        return judge(asOf.map(day -> new Evidence(snapshot, day)).orElseGet(() -> new Evidence(snapshot)));
    }

    Report judge(Evidence evidence) {
        ClusterSnapshot snapshot = evidence.snapshot();
        List<Finding> findings = checks.selected().stream()
                .flatMap(check -> run(check, evidence).stream())
                .map(finding -> waived(finding, evidence.today()))
                .toList();
        return new Report(
                snapshot.cluster(),
                snapshot.server().time(),
                evidence.today(),
                snapshot.server().version(),
                PoolSummary.of(evidence),
                Acceptance.of(evidence, findings),
                checks.partial(),
                checks.catalog(),
                findings);
    }

    private Finding waived(Finding finding, Fact<LocalDate> today) {
        Finding result = finding;
        for (Waiver waiver : waivers) {
            result = waiver.applyTo(result, today);
        }
        return result;
    }

    private static List<Finding> run(Check check, Evidence evidence) {
        Set<Vantage> missing = new TreeSet<>(check.vantages());
        missing.removeAll(evidence.snapshot().vantages());
        if (!missing.isEmpty()) {
            Vantage first = missing.iterator().next();
            return List.of(Finding.of(check, Status.SKIPPED, "needs " + first.phrase(), howToAdd(first)));
        }
        try {
            List<Finding> findings = check.evaluate(evidence);
            return findings.isEmpty() ? List.of(defect(check, "it returned no finding")) : findings;
        } catch (RuntimeException e) {
            return List.of(defect(check, "it threw " + e));
        }
    }

    private static String howToAdd(Vantage vantage) {
        return switch (vantage) {
            case CLOUD ->
                "Verify a Backend that OsmoBackends returns, instead of a kubeconfig, with Vantage.CLOUD among the vantages.";
            case KUBERNETES -> "Verify with Vantage.KUBERNETES among the vantages.";
            case PROBE -> "Ask for probes with BackendVerifier.probes, with Vantage.PROBE among the vantages.";
            case OSMO ->
                "Give the verifier a client of the service with BackendVerifier.osmo, with Vantage.OSMO among the vantages.";
        };
    }

    private static Finding defect(Check check, String what) {
        return Finding.of(
                check, Status.UNKNOWN, "the check itself is defective: " + what, "Report this to the check's author.");
    }
}
