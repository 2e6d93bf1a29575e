// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import io.osmo.backend.resource.Guard;
import java.util.List;
import java.util.stream.Collectors;

/** Something that a plan would delete or replace is protected or contains foreign objects. Nothing was changed. */
public final class GuardedException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<Guard> guards;

    /** @param guards everything that prevents it */
    public GuardedException(String backend, List<Guard> guards) {
        super(
                backend + ": refused"
                        + guards.stream()
                                .map(g -> "\n  - " + g.subject() + ": " + g.reason())
                                .collect(Collectors.joining()),
                guards.stream().map(Guard::remedy).distinct().collect(Collectors.joining(" "))
                        + " Nothing was changed.",
                null);
        this.guards = List.copyOf(guards);
    }

    /** Everything that prevents it, each with its remedy. */
    public List<Guard> guards() {
        return guards;
    }
}
