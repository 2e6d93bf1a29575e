// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.Position;
import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.text.ForeignText;
import io.osmo.backend.spec.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects violations, so that all of them are reported at once. */
final class Problems {
    private static final int SHOWN = 80;

    /** Nobody reads more, and a document may have a hundred thousand unknown fields. */
    private static final int MOST = 500;

    private final List<Violation> violations = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();

    /** Adds a violation; {@code given} is the value itself and must not be a secret. */
    void add(String path, Requirement requirement, Object given, String allowed, String remedy) {
        add(new Violation(path, Optional.of(requirement.id()), show(given), allowed, remedy));
    }

    /** Adds a violation that describes the given value instead of quoting it. */
    void addDescribed(String path, Requirement requirement, String given, String allowed, String remedy) {
        add(new Violation(path, Optional.of(requirement.id()), given, allowed, remedy));
    }

    /** Adds a violation of the document's form, which no requirement speaks of; the first one of a field suffices. */
    void form(String path, String given, String allowed, String remedy) {
        if (!has(path)) {
            add(new Violation(path, Optional.empty(), given, allowed, remedy));
        }
    }

    /** Like {@link #form(String, String, String, String)}, at a position that does not follow from the path. */
    void form(Position at, String path, String given, String allowed, String remedy) {
        if (!has(path)) {
            add(new Violation(path, Optional.empty(), given, allowed, remedy, Optional.of(at)));
        }
    }

    void add(Violation violation) {
        if (violations.size() < MOST) {
            violations.add(violation);
            paths.add(violation.path());
        }
    }

    /** Whether something is wrong with a field already. */
    boolean has(String path) {
        return paths.contains(path);
    }

    /** Whether there are so many that no further one is kept. */
    boolean areFull() {
        return violations.size() >= MOST;
    }

    /** Adds a violation for each value that a list holds more than once. */
    void requireDistinct(String path, Requirement requirement, Collection<?> values, String allowed) {
        Set<Object> seen = new HashSet<>();
        int index = 0;
        for (Object value : values) {
            if (!seen.add(value)) {
                add(path + "[" + index + "]", requirement, value, allowed, "Remove the repetition.");
            }
            index++;
        }
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }

    /** A value as shown to people: strings in quotes, control characters escaped, long ones cut. */
    static String show(Object value) {
        if (!(value instanceof CharSequence) && !(value instanceof Enum)) {
            return ForeignText.line(value.toString(), SHOWN * 10);
        }
        String text = value.toString();
        if (text.isEmpty()) {
            return "nothing";
        }
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().limit(SHOWN).forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append(text.codePointCount(0, text.length()) > SHOWN ? "…\"" : "\"")
                .toString();
    }
}
