// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Names the options that would run the checks that a report skipped. The report itself names methods of the library. */
final class MoreChecks {
    private static final Map<Vantage, String> OPTIONS = Map.of(
            Vantage.PROBE, "--probe",
            Vantage.OSMO, "--osmo-url URL",
            Vantage.CLOUD, "PROVIDER/REGION/NAME, or a spec");

    private MoreChecks() {}

    /** The options to add, and how many checks each would run; empty if no check was skipped. */
    static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        for (Vantage vantage : Vantage.values()) {
            long count = report.findings(Status.SKIPPED).stream()
                    .filter(Finding::needsMore)
                    .filter(finding -> finding.observed().equals("needs " + vantage.phrase()))
                    .count();
            String option = OPTIONS.get(vantage);
            if (count > 0 && option != null) {
                lines.add("  " + option);
                lines.add("      " + count + (count == 1 ? " check that needs " : " checks that need ")
                        + vantage.phrase());
            }
        }
        if (!lines.isEmpty()) {
            lines.add(0, "To look at more:");
        }
        return lines;
    }
}
