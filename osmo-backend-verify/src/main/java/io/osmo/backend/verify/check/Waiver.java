// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.internal.catalog.CheckIds;
import io.osmo.backend.verify.internal.text.Plain;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A deviation that the host has accepted for a while. A finding that it covers becomes {@link Status#WAIVED}: reports show it with the
 * reason, and the verdict ignores it. Only FAIL and WARN can be waived, never UNKNOWN.
 *
 * @param check id of a check; {@code pool.*} covers all with an id that starts with {@code pool.}
 * @param reason why it is accepted, and by whom; not blank
 * @param until last day on which it is accepted, in UTC
 */
public record Waiver(String check, String reason, LocalDate until) {
    /** @throws IllegalArgumentException when the check or the reason is blank */
    public Waiver {
        if (check.isBlank()) {
            throw new IllegalArgumentException("a waiver needs the id of a check");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("the waiver of " + Plain.of(check) + " needs a reason");
        }
        Objects.requireNonNull(until);
    }

    /** The finding as it is reported on that day; unchanged if the waiver does not cover it. */
    public Finding applyTo(Finding finding, Fact<LocalDate> today) {
        boolean breached = finding.status() == Status.FAIL || finding.status() == Status.WARN;
        if (!breached || !CheckIds.matches(check, finding.check())) {
            return finding;
        }
        // If the day is unknown, no waiver applies, because it may have expired.
        return today.known()
                .map(day -> day.isAfter(until)
                        ? finding.noting("its waiver expired on " + until + " (" + reason + ")")
                        : finding.waived("accepted until " + until + ": " + reason))
                .orElseGet(() -> finding.noting("a waiver until " + until + " is ignored: today's date is unknown"));
    }
}
