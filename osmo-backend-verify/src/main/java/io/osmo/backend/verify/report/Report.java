// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import io.osmo.backend.Verdict;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.VerificationFailedException;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.internal.text.Plain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The result of one verification. Immutable; holds no secret.
 *
 * @param cluster name of what was verified
 * @param time when the cluster was read, by the API server's clock
 * @param asOf day by which versions, retirements and waivers were judged
 * @param kubernetesVersion version of the API server
 * @param pools node pools, as far as they are known
 * @param osmo whether the OSMO service accepts the backend; empty if it was not asked
 * @param partial requirements of which at least one check was not selected, so that they cannot be proven
 * @param catalog the release of this library and its checks, which judged
 * @param findings in the order of the catalog
 */
public record Report(
        String cluster,
        Fact<Instant> time,
        Fact<LocalDate> asOf,
        Fact<String> kubernetesVersion,
        Fact<List<PoolSummary>> pools,
        Optional<Acceptance> osmo,
        Set<Requirement> partial,
        Catalog catalog,
        List<Finding> findings) {
    public Report {
        cluster = Plain.of(cluster);
        kubernetesVersion = kubernetesVersion.map(Plain::of);
        partial = Set.copyOf(partial);
        findings = List.copyOf(findings);
    }

    public Verdict verdict() {
        if (!findings(Status.FAIL).isEmpty()) {
            return Verdict.FAILED;
        }
        return unprovenErrors().isEmpty() && judged() ? Verdict.PASSED : Verdict.INCONCLUSIVE;
    }

    /** Whether at least one check was judged, none failed, and none that must pass is unknown. Warnings do not count. */
    public boolean passed() {
        return verdict() == Verdict.PASSED;
    }

    /**
     * Does nothing if {@link #passed()}.
     *
     * @throws VerificationFailedException naming each check that failed or could not be judged
     */
    public void requirePassed() {
        if (passed()) {
            return;
        }
        List<Finding> culprits = verdict() == Verdict.FAILED ? findings(Status.FAIL) : unprovenErrors();
        if (culprits.isEmpty()) {
            throw new VerificationFailedException(
                    cluster + " could not be proven to meet what OSMO requires: nothing was judged",
                    findings.stream().map(Finding::check).distinct().toList(),
                    findings.stream()
                            .map(Finding::next)
                            .filter(next -> !next.isEmpty())
                            .findFirst()
                            .orElse("Verify again with more checks or vantages."));
        }
        throw new VerificationFailedException(
                cluster + " " + (verdict() == Verdict.FAILED ? "does not meet" : "could not be proven to meet")
                        + " what OSMO requires:"
                        + culprits.stream()
                                .map(f -> "\n  - " + f.check() + ": observed " + f.observed() + "; expected "
                                        + f.expected())
                                .collect(Collectors.joining()),
                culprits.stream().map(Finding::check).distinct().toList(),
                culprits.get(0).next());
    }

    public List<Finding> findings(Status status) {
        return findings.stream().filter(f -> f.status() == status).toList();
    }

    /** How many findings there are of each status; every status is present. */
    public Map<Status, Integer> counts() {
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            counts.put(status, findings(status).size());
        }
        return Collections.unmodifiableMap(counts);
    }

    /** How far each requirement was proven; every requirement is present. */
    public Map<Requirement, Proof> requirements() {
        Map<Requirement, Proof> proofs = new EnumMap<>(Requirement.class);
        for (Requirement requirement : Requirement.values()) {
            proofs.put(
                    requirement,
                    proof(
                            findings.stream()
                                    .filter(f -> f.requirement().equals(Optional.of(requirement)))
                                    .toList(),
                            partial.contains(requirement)));
        }
        return Collections.unmodifiableMap(proofs);
    }

    /**
     * For people: the verdict, what failed and how to fix it, warnings, unknowns, then the rest in brief. At most 80 columns,
     * unless a single name is longer. Plain text, without colors and control characters.
     */
    public String toText() {
        return toText(TextReport.WIDTH);
    }

    /**
     * {@link #toText()} with lines of at most so many columns, for wide terminals and for logs that are searched line by line.
     *
     * @param columns at least 40
     * @throws IllegalArgumentException when there are fewer
     */
    public String toText(int columns) {
        return new TextReport(this, false, columns).render();
    }

    /** {@link #toText()} with ANSI colors, for a terminal. */
    public String toColoredText() {
        return toColoredText(TextReport.WIDTH);
    }

    /**
     * {@link #toText(int)} with ANSI colors.
     *
     * @param columns at least 40
     * @throws IllegalArgumentException when there are fewer
     */
    public String toColoredText(int columns) {
        return new TextReport(this, true, columns).render();
    }

    /** For machines: JSON as described by the resource {@code io/osmo/backend/verify/report-schema.json} of this module. */
    public String toJson() {
        return JsonReport.render(this);
    }

    /**
     * For build servers: JUnit XML with a suite for each concern and a case for each finding. FAIL is a failure, UNKNOWN of
     * severity ERROR an error, SKIPPED and WAIVED are skipped, WARN passes with a note.
     */
    public String toJUnitXml() {
        return JUnitReport.render(this);
    }

    /**
     * For people: one self-contained page, for any width, light and dark, to read and to print. It has no scripts and loads nothing; its
     * only links to elsewhere are those to the documentation of checks.
     */
    public String toHtml() {
        return HtmlReport.render(this);
    }

    @Override
    public String toString() {
        return toText();
    }

    /** What the verdict means, in a sentence. */
    String meaning() {
        return switch (verdict()) {
            case PASSED -> "All required checks that were run passed.";
            case FAILED -> "OSMO would refuse this backend, or workflows would not run on it.";
            case INCONCLUSIVE ->
                unprovenErrors().isEmpty()
                        ? "Nothing was judged, so nothing is proven."
                        : "Nothing failed, but a required check could not be judged.";
        };
    }

    /** What the verdict does not cover, as sentences; empty if it covers everything. */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        List<String> unproven = unproven().stream().map(Requirement::id).toList();
        if (!unproven.isEmpty()) {
            gaps.add("Not proven: " + String.join(", ", unproven) + ".");
        }
        Map<String, Long> reasons = notLookedAt().stream()
                .collect(Collectors.groupingBy(Finding::observed, TreeMap::new, Collectors.counting()));
        String each = reasons.entrySet().stream()
                .map(reason -> reason.getValue() + " " + plural(reason.getKey(), reason.getValue()))
                .collect(Collectors.joining(", "));
        int all = notLookedAt().size();
        if (all > 0) {
            gaps.add("Not looked at: " + all + (all == 1 ? " check: " : " checks: ") + each + ".");
        }
        return gaps;
    }

    private static String plural(String reason, long count) {
        return count > 1 && reason.startsWith("needs ") ? "need " + reason.substring("needs ".length()) : reason;
    }

    /** Requirements that are not fully checked, although no finding contradicts them. */
    List<Requirement> unproven() {
        return requirements().entrySet().stream()
                .filter(entry -> entry.getValue() == Proof.NOT_PROVEN)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Checks that were skipped although they apply. */
    List<Finding> notLookedAt() {
        return findings(Status.SKIPPED).stream().filter(Finding::needsMore).toList();
    }

    /** Checks that were skipped because they do not apply. */
    List<Finding> notApplicable() {
        return findings(Status.SKIPPED).stream().filter(f -> !f.needsMore()).toList();
    }

    /** A number of findings of one status, in words. */
    record Count(Status status, String text) {}

    /** How many findings there are of each kind, in words; failed ones are always counted, others if there are any. */
    List<Count> tally() {
        List<Count> tally = new ArrayList<>();
        for (Status status : List.of(Status.FAIL, Status.WARN, Status.UNKNOWN, Status.WAIVED, Status.PASS)) {
            tally.add(new Count(status, findings(status).size() + " " + status.phrase()));
        }
        tally.add(new Count(Status.SKIPPED, notLookedAt().size() + " not looked at"));
        tally.add(new Count(Status.SKIPPED, notApplicable().size() + " not applicable"));
        tally.removeIf(count -> count.status() != Status.FAIL && count.text().startsWith("0 "));
        return tally;
    }

    /** When the cluster was read and as of which day it was judged, in phrases for people. */
    List<String> circumstances() {
        List<String> phrases = new ArrayList<>();
        kubernetesVersion.known().ifPresent(v -> phrases.add("Kubernetes " + v));
        time.known().ifPresent(t -> phrases.add("read at " + t));
        asOf.known()
                .filter(day ->
                        !time.map(t -> LocalDate.ofInstant(t, ZoneOffset.UTC)).equals(Fact.of(day)))
                .ifPresent(day -> phrases.add("judged as of " + day));
        phrases.add("by " + catalog);
        return phrases;
    }

    /** Whether at least one check was judged: a report of skipped checks proves nothing. */
    private boolean judged() {
        return findings.stream().anyMatch(f -> f.status() != Status.SKIPPED && f.status() != Status.UNKNOWN);
    }

    private List<Finding> unprovenErrors() {
        return findings.stream()
                .filter(f -> f.status() == Status.UNKNOWN && f.severity() == Severity.ERROR)
                .toList();
    }

    private static Proof proof(List<Finding> findings, boolean partial) {
        Map<Status, List<Finding>> by = findings.stream().collect(Collectors.groupingBy(Finding::status));
        if (by.containsKey(Status.FAIL)) {
            return Proof.VIOLATED;
        }
        if (by.containsKey(Status.UNKNOWN)) {
            return Proof.UNKNOWN;
        }
        if (by.containsKey(Status.WARN) || by.containsKey(Status.WAIVED)) {
            return Proof.WARNED;
        }
        if (partial || findings.isEmpty() || findings.stream().anyMatch(Finding::needsMore)) {
            return Proof.NOT_PROVEN;
        }
        return by.containsKey(Status.PASS) ? Proof.PROVEN : Proof.NOT_APPLICABLE;
    }
}
