// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.internal.catalogue.CheckIds;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A deviation that the host has accepted for a while. A finding that it covers becomes {@link Status#WAIVED}: reports show it
 * with the reason, the verdict does not count it. Only what does not hold can be waived, never what could not be read.
 *
 * @param check id of a check; {@code pool.*} covers all whose id starts with {@code pool.}
 * @param reason why it is accepted, and by whom; not blank
 * @param until last day on which it is accepted, in UTC
 */
public record Waiver(String check, String reason, LocalDate until) {
    /** @throws IllegalArgumentException when the check or the reason is blank */
    public Waiver {
        if (check.isBlank()) {
            throw new IllegalArgumentException("a waiver names a check");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a waiver of " + check + " gives a reason");
        }
        Objects.requireNonNull(until);
    }

    /** The finding as it is reported on that day; unchanged when this does not cover it, or no longer does. */
    public Finding applyTo(Finding finding, Fact<LocalDate> today) {
        boolean breached = finding.status() == Status.FAIL || finding.status() == Status.WARN;
        if (!breached || !CheckIds.matches(check, finding.check())) {
            return finding;
        }
        // On an unknown day no waiver holds: it might have expired.
        return today.known()
                .map(day -> day.isAfter(until)
                        ? finding.noting("the waiver of it expired on " + until + " (" + reason + ")")
                        : finding.waived("accepted until " + until + ": " + reason))
                .orElseGet(() -> finding.noting("a waiver until " + until + " is not heeded: today's date is unknown"));
    }
}
