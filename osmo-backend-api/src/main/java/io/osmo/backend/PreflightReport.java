// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.internal.console.Lines;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What could be known before anything is created. */
public final class PreflightReport {
    private static final int STATUS_WIDTH = 7;

    private final BackendRef ref;
    private final List<PreflightFinding> findings;

    PreflightReport(BackendRef ref, List<PreflightFinding> findings) {
        this.ref = ref;
        this.findings = List.copyOf(findings);
    }

    public BackendRef ref() {
        return ref;
    }

    public List<PreflightFinding> findings() {
        return findings;
    }

    /** What a preflight came to. */
    public enum Verdict {
        PASSED,
        /** At least one check failed. */
        FAILED,
        /** No check failed, but something could not be read, or nothing was checked at all. */
        INCONCLUSIVE
    }

    public Verdict verdict() {
        if (count(Status.FAIL) > 0) {
            return Verdict.FAILED;
        }
        return count(Status.UNKNOWN) > 0 || findings.isEmpty() ? Verdict.INCONCLUSIVE : Verdict.PASSED;
    }

    /** Whether everything was read and nothing forbids to apply. */
    public boolean passed() {
        return verdict() == Verdict.PASSED;
    }

    public long count(Status status) {
        return findings.stream().filter(f -> f.status() == status).count();
    }

    /** The report for people: the verdict, then one entry for each answer with the next thing to do below it. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("Preflight of " + ref + ": " + headline());
        lines.add("");
        int width = findings.stream().mapToInt(f -> f.check().length()).max().orElse(0);
        String indent = " ".repeat(STATUS_WIDTH + width + 6);
        for (PreflightFinding finding : findings) {
            String start = String.format(
                    Locale.ROOT,
                    "  %-" + STATUS_WIDTH + "s  %-" + Math.max(1, width) + "s  ",
                    finding.status(),
                    finding.check());
            String message = finding.message().replaceAll("\\s+", " ");
            lines.addAll(Lines.wrap(
                    start
                            + message
                            + finding.requirement().map(r -> " (" + r + ")").orElse(""),
                    indent));
            if (!finding.remedy().isEmpty()) {
                lines.addAll(Lines.wrap(indent + "> " + finding.remedy(), indent + "  "));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** The report for programs: {@code backend}, {@code verdict} and {@code findings}, each with the components of its record. */
    public String toJson() {
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("backend", ref.toString())
                .put("verdict", verdict().name());
        ArrayNode list = report.putArray("findings");
        for (PreflightFinding finding : findings) {
            ObjectNode entry = list.addObject()
                    .put("check", finding.check())
                    .put("status", finding.status().name());
            finding.requirement().ifPresent(requirement -> entry.put("requirement", requirement));
            entry.put("message", finding.message()).put("remedy", finding.remedy());
        }
        return report.toPrettyString();
    }

    private String headline() {
        String numbers = Stream.of(Status.values())
                .filter(status -> count(status) > 0)
                .map(status -> count(status) + " " + status)
                .collect(Collectors.joining(", "));
        String words = switch (verdict()) {
            case FAILED -> "do not apply yet";
            case INCONCLUSIVE -> "inconclusive, not everything could be read";
            case PASSED -> "nothing forbids to apply";
        };
        return words + " (" + numbers + ")";
    }
}
