// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a report for people: what needs attention first and in full, what is fine last and in brief. */
final class TextReport {
    /** Default width, in columns. */
    static final int WIDTH = 80;

    private static final int LEAST = 40;
    private static final int LABEL = 14;
    private static final int ROW = 22;
    private static final String RED = "31";
    private static final String YELLOW = "33";
    private static final String GREEN = "32";
    private static final String BOLD = "1";

    private final Report report;
    private final boolean color;
    private final int width;
    private final StringBuilder out = new StringBuilder();

    /** @throws IllegalArgumentException when there are too few columns */
    TextReport(Report report, boolean color, int width) {
        if (width < LEAST) {
            throw new IllegalArgumentException("a report has " + LEAST + " columns or more, not " + width);
        }
        this.report = report;
        this.color = color;
        this.width = width;
    }

    String render() {
        headline();
        inFull(Status.FAIL, "Failed", RED);
        inFull(Status.WARN, "Warnings", YELLOW);
        byReason("Could not be read", report.findings(Status.UNKNOWN), YELLOW);
        inFull(Status.WAIVED, "Waived", YELLOW);
        requirements();
        byReason("Not looked at", report.notLookedAt(), YELLOW);
        notApplicable();
        passed();
        section("Documentation of each check");
        out.append("  ").append(report.catalog().documentation()).append("#CHECK\n");
        report.osmo().ifPresent(this::accepted);
        return out.toString();
    }

    /** The last line, since it is what a verification is for. */
    private void accepted(Acceptance osmo) {
        String tone = switch (osmo.state()) {
            case ACCEPTED -> GREEN;
            case NOT_ACCEPTED -> RED;
            case UNKNOWN -> YELLOW;
        };
        String first = osmo.text().split(" ", 2)[0];
        out.append('\n');
        wrapped(paint(tone, first), first.length(), osmo.text().substring(first.length()), 0);
    }

    private void headline() {
        String verdict = report.verdict().name();
        String tone = switch (report.verdict()) {
            case PASSED -> GREEN;
            case FAILED -> RED;
            case INCONCLUSIVE -> YELLOW;
        };
        wrapped(paint(tone, verdict), verdict.length(), "  " + report.cluster(), 0);
        wrapped("", 0, report.meaning(), 0);
        report.gaps().forEach(gap -> wrapped("", 0, gap, 0));
        wrapped("", 0, report.tally().stream().map(Report.Count::text).collect(Collectors.joining(", ")), 0);
        List<String> circumstances = report.circumstances();
        if (!circumstances.isEmpty()) {
            wrapped("", 0, String.join(", ", circumstances), 0);
        }
    }

    private void inFull(Status status, String title, String code) {
        List<Finding> findings = report.findings(status).stream()
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
        if (!findings.isEmpty()) {
            section(title);
            findings.forEach(finding -> inFull(finding, code));
        }
    }

    private void inFull(Finding finding, String code) {
        String requirement = finding.requirement().map(r -> "  " + r).orElse("");
        out.append("  ")
                .append(paint(code, finding.check()))
                .append(requirement)
                .append('\n');
        line("observed", finding.observed());
        line("expected", finding.expected());
        line("where", finding.where());
        line("next", finding.next());
    }

    /** Shows once what several checks have in common. */
    private void byReason(String title, List<Finding> findings, String code) {
        if (findings.isEmpty()) {
            return;
        }
        section(title);
        for (Reason reason : Reason.of(findings)) {
            if (reason.findings().size() == 1) {
                inFull(reason.findings().get(0), code);
            } else {
                out.append("  ")
                        .append(paint(code, reason.findings().size() + " checks"))
                        .append('\n');
                line("observed", reason.observed());
                line("next", reason.next());
                line("checks", reason.checks());
            }
        }
    }

    private void requirements() {
        Map<Proof, List<String>> byProof = new TreeMap<>();
        report.requirements()
                .forEach((id, proof) ->
                        byProof.computeIfAbsent(proof, p -> new ArrayList<>()).add(id.id()));
        section("Requirements");
        byProof.forEach((proof, ids) -> row(proof.phrase(), String.join(" ", ids)));
    }

    private void notApplicable() {
        Map<String, List<String>> byReason = report.notApplicable().stream()
                .collect(Collectors.groupingBy(
                        Finding::observed, TreeMap::new, Collectors.mapping(Finding::check, Collectors.toList())));
        if (byReason.isEmpty()) {
            return;
        }
        section("Not applicable");
        byReason.forEach((reason, checks) -> {
            wrapped("", 2, reason + ":", 2);
            wrapped("", 4, String.join(", ", checks), 4);
        });
    }

    private void passed() {
        Map<String, List<String>> byConcern = report.findings(Status.PASS).stream()
                .map(Finding::check)
                .collect(Collectors.groupingBy(
                        id -> id.contains(".") ? id.substring(0, id.lastIndexOf('.')) : id,
                        TreeMap::new,
                        Collectors.mapping(id -> id.substring(id.lastIndexOf('.') + 1), Collectors.toList())));
        if (byConcern.isEmpty()) {
            return;
        }
        section("Passed");
        byConcern.forEach((concern, checks) -> row(concern, String.join(", ", checks)));
    }

    private void section(String title) {
        out.append('\n').append(paint(BOLD, title)).append('\n');
    }

    /** A labeled line of a finding; nothing when the text is empty. */
    private void line(String label, String text) {
        if (!text.isEmpty()) {
            String head = "    " + label + " ".repeat(LABEL - 4 - label.length());
            wrapped(head, head.length(), text, LABEL);
        }
    }

    /** A row of one of the brief lists. */
    private void row(String label, String text) {
        String head = "  " + label + " ".repeat(Math.max(2, ROW - 2 - label.length()));
        wrapped(head, head.length(), text, ROW);
    }

    /** Breaks text at blanks to keep lines within the width; longer words stay whole, so that they can be copied. */
    private void wrapped(String head, int headWidth, String text, int indent) {
        out.append(head.isEmpty() ? " ".repeat(headWidth) : head);
        int column = headWidth;
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            boolean fits = column + word.length() + (first ? 0 : 1) <= width;
            if (first || fits) {
                out.append(first ? "" : " ").append(word);
                column += word.length() + (first ? 0 : 1);
            } else {
                out.append('\n').append(" ".repeat(indent)).append(word);
                column = indent + word.length();
            }
            first = false;
        }
        out.append('\n');
    }

    private String paint(String code, String text) {
        return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
