// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Ways to pick checks; combine them with {@link Predicate#and}, {@link Predicate#or} and {@link Predicate#negate}. */
public final class Selection {
    private Selection() {}

    /** Those with one of these ids; {@code pool.*} means all whose id starts with {@code pool.}. */
    public static Predicate<Check> ids(String... patterns) {
        return check -> Stream.of(patterns).anyMatch(pattern -> matches(pattern, check.id()));
    }

    static boolean matches(String pattern, String id) {
        return pattern.endsWith("*") ? id.startsWith(pattern.substring(0, pattern.length() - 1)) : id.equals(pattern);
    }

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
