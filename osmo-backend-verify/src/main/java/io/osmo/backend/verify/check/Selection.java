// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Ways to pick checks for {@code BackendVerifier.select}; combine them with {@link Predicate#and}, {@link Predicate#or} and {@link
 * Predicate#negate}. To pick by id, use {@code BackendVerifier.only} and {@code without}, which refuse unknown ids.
 */
public final class Selection {
    private Selection() {}

    /** Checks of one of these requirements. */
    public static Predicate<Check> requirements(Requirement... requirements) {
        Set<Requirement> wanted = Set.of(requirements);
        return check -> check.requirement().filter(wanted::contains).isPresent();
    }

    public static Predicate<Check> severities(Severity... severities) {
        Set<Severity> wanted = Set.of(severities);
        return check -> wanted.contains(check.severity());
    }

    /** Checks that need no other vantages than these. */
    public static Predicate<Check> vantages(Vantage... vantages) {
        Set<Vantage> had = Set.of(vantages);
        return check -> had.containsAll(check.vantages());
    }
}
