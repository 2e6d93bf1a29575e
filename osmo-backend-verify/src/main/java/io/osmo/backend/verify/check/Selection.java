// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Ways to pick checks for {@code BackendVerifier.select}; combine them with {@link Predicate#and}, {@link Predicate#or} and {@link
 * Predicate#negate}. By id they are picked with {@code BackendVerifier.only} and {@code without}, which know a wrong one.
 */
public final class Selection {
    private Selection() {}

    /** Those that serve one of these requirements. */
    public static Predicate<Check> requirements(Requirement... requirements) {
        Set<Requirement> wanted = Set.of(requirements);
        return check -> check.requirement().filter(wanted::contains).isPresent();
    }

    public static Predicate<Check> severities(Severity... severities) {
        Set<Severity> wanted = Set.of(severities);
        return check -> wanted.contains(check.severity());
    }

    /** Those that need nothing but these vantages. */
    public static Predicate<Check> vantages(Vantage... vantages) {
        Set<Vantage> had = Set.of(vantages);
        return check -> had.containsAll(check.vantages());
    }
}
