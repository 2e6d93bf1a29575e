// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import io.osmo.backend.verify.check.Finding;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Findings that will change on a certain day even if the cluster does not, because support ends or a waiver expires.
 *
 * @param day first day, in UTC
 * @param findings findings with a new status, as they are from that day on
 */
public record Forecast(LocalDate day, List<Finding> findings) {
    public Forecast {
        findings = List.copyOf(findings);
    }

    /** A line with the day, and one for each finding. */
    @Override
    public String toString() {
        return findings.stream()
                .map(finding -> "\n  " + finding)
                .collect(Collectors.joining("", "from " + day + " on", ""));
    }
}
