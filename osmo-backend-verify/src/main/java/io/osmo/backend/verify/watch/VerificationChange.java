// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.watch;

import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Report;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has changed since the previous verification. The first verification is a change from nothing.
 *
 * @param before the previous report; empty for the first verification
 * @param after the current report
 * @param findings current findings that are new or have another status or other resources, in the report's order
 * @param gone previous findings of checks that have no finding any more
 */
public record VerificationChange(Optional<Report> before, Report after, List<Finding> findings, List<Finding> gone) {
    private static final Set<Status> QUIET = EnumSet.of(Status.PASS, Status.SKIPPED);

    public VerificationChange {
        findings = List.copyOf(findings);
        gone = List.copyOf(gone);
    }

    /**
     * A line with the previous and the current verdict, and one for each finding that is new or gone; for the first verification,
     * one for each finding that needs attention.
     */
    @Override
    public String toString() {
        String verdicts = before.filter(report -> report.verdict() != after.verdict())
                .map(report -> report.verdict() + " -> ")
                .orElse("");
        return after.cluster() + ": " + verdicts + after.verdict()
                + findings.stream()
                        .filter(f -> before.isPresent() || !QUIET.contains(f.status()))
                        .map(f -> "\n  " + f)
                        .collect(Collectors.joining())
                + gone.stream().map(f -> "\n  gone: " + f).collect(Collectors.joining());
    }

    /** Whether the verdict has changed, or is the first. */
    public boolean verdictChanged() {
        return before.map(report -> report.verdict() != after.verdict()).orElse(true);
    }

    /** Compares two reports; empty when nothing has changed. Observations may differ in wording, such as a count. */
    public static Optional<VerificationChange> between(Optional<Report> before, Report after) {
        Set<Key> was = keys(before.map(Report::findings).orElse(List.of()));
        Set<Key> is = keys(after.findings());
        List<Finding> findings =
                after.findings().stream().filter(f -> !was.contains(Key.of(f))).toList();
        List<Finding> gone = before.map(Report::findings).orElse(List.of()).stream()
                .filter(f -> !is.contains(Key.of(f)))
                .filter(f ->
                        after.findings().stream().noneMatch(now -> now.check().equals(f.check())))
                .toList();
        return before.isPresent() && findings.isEmpty() && gone.isEmpty()
                ? Optional.empty()
                : Optional.of(new VerificationChange(before, after, findings, gone));
    }

    private static Set<Key> keys(List<Finding> findings) {
        return findings.stream().map(Key::of).collect(Collectors.toSet());
    }

    private record Key(String check, Status status, List<String> resources, int more) {
        static Key of(Finding finding) {
            return new Key(finding.check(), finding.status(), finding.resources(), finding.more());
        }
    }
}
