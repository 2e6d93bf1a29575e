// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

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

    /** Whether nothing forbids to go on. What could not be read does not forbid it, but has not passed either. */
    public boolean passed() {
        return count(Status.FAIL) == 0;
    }

    public long count(Status status) {
        return findings.stream().filter(f -> f.status() == status).count();
    }

    /** The report for people: the verdict, then one entry for each answer with the next thing to do below it. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("Preflight of " + ref + ": " + verdict());
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

    private String verdict() {
        String numbers = Stream.of(Status.values())
                .filter(status -> count(status) > 0)
                .map(status -> count(status) + " " + status)
                .collect(Collectors.joining(", "));
        String words = !passed()
                ? "do not apply yet"
                : count(Status.UNKNOWN) > 0
                        ? "nothing forbids to apply, as far as is known"
                        : "nothing forbids to apply";
        return words + " (" + numbers + ")";
    }
}
