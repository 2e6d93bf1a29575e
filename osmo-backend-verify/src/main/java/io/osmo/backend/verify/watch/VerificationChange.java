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
 * What is different from the verification before. The first verification is one change from nothing.
 *
 * @param before the report before; empty for the first one
 * @param after the report now
 * @param findings findings now whose status or resources differ, those that are new included, in the report's order
 * @param gone findings before of checks that find nothing any more
 */
public record VerificationChange(Optional<Report> before, Report after, List<Finding> findings, List<Finding> gone) {
    private static final Set<Status> QUIET = EnumSet.of(Status.PASS, Status.SKIPPED);

    public VerificationChange {
        findings = List.copyOf(findings);
        gone = List.copyOf(gone);
    }

    /**
     * A line with the verdicts before and now, and one for each finding that is new or gone; of the first verification those that
     * need an answer.
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

    /** Whether the verdict is another one, or the first one. */
    public boolean verdictChanged() {
        return before.map(report -> report.verdict() != after.verdict()).orElse(true);
    }

    /** Compares two reports; empty when they say the same. What was observed may differ in words, as counts do. */
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
