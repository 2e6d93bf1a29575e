// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.PreflightFinding;
import io.osmo.backend.spi.PreflightFinding.Status;
import java.util.List;

/** What could be known before anything is created. */
public final class PreflightReport {
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

    /** The report for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Preflight of " + ref + ": " + count(Status.PASS) + " passed, "
                + count(Status.WARN) + " warnings, " + count(Status.FAIL) + " failed, " + count(Status.UNKNOWN)
                + " unknown\n");
        int width = findings.stream().mapToInt(f -> f.check().length()).max().orElse(0);
        for (PreflightFinding finding : findings) {
            text.append(String.format(
                    "  %-7s  %-" + Math.max(1, width) + "s  %s%s\n",
                    finding.status(),
                    finding.check(),
                    finding.requirement().map(r -> "[" + r + "] ").orElse(""),
                    finding.message()));
            if (!finding.remedy().isEmpty()) {
                text.append(" ".repeat(width + 13)).append(finding.remedy()).append('\n');
            }
        }
        return text.toString();
    }
}
