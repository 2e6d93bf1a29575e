// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import com.google.cloud.compute.v1.DeprecationStatus;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Until when Compute Engine sells a machine type or accelerator type. See <a
 * href="https://docs.cloud.google.com/compute/docs/reference/rest/v1/machineTypes">machineTypes</a>.
 *
 * @param state {@code ACTIVE}, {@code DEPRECATED}, {@code OBSOLETE} or {@code DELETED}
 * @param until day from which it is obsolete or deleted
 * @param replacement what Google suggests instead
 */
public record Deprecation(String state, Optional<LocalDate> until, Optional<String> replacement) {
    private static final String ACTIVE = "ACTIVE";
    private static final String DEPRECATED = "DEPRECATED";

    static Deprecation of(DeprecationStatus status) {
        String link = status.getReplacement();
        return new Deprecation(
                status.getState().isEmpty() ? ACTIVE : status.getState(),
                Support.date(status.getObsolete()).or(() -> Support.date(status.getDeleted())),
                Optional.of(link.substring(link.lastIndexOf('/') + 1)).filter(name -> !name.isEmpty()));
    }

    /** Whether new machines can be created. */
    boolean isSold() {
        return state.equals(ACTIVE) || state.equals(DEPRECATED);
    }

    /** Whether one should act. */
    public boolean isWarning(LocalDate today) {
        return !state.equals(ACTIVE)
                || until.filter(day -> Support.isNear(day, today)).isPresent();
    }

    /** Such as {@code is deprecated, sold until 2026-06-01, use n4-standard-8}. */
    @Override
    public String toString() {
        return (isSold() ? state.equals(ACTIVE) ? "is on sale" : "is deprecated" : "is no longer sold")
                + until.map(day -> (isSold() ? ", until " : ", since ") + day).orElse("")
                + replacement.map(name -> "; Google suggests " + name).orElse("");
    }
}
