// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import io.osmo.backend.verify.check.Finding;
import java.time.LocalDate;
import java.util.List;

/**
 * What will be judged otherwise from a day on, though nothing about the cluster changes: support ends, a waiver expires.
 *
 * @param day first day, in UTC
 * @param findings the findings whose status is new, as they are from that day on
 */
public record Forecast(LocalDate day, List<Finding> findings) {
    public Forecast {
        findings = List.copyOf(findings);
    }
}
