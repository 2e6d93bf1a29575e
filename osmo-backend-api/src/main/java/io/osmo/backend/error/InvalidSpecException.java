// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.List;
import java.util.stream.Collectors;

/** A spec breaks one or more rules; holds all of them. Nothing was called in the cloud. */
public final class InvalidSpecException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    public InvalidSpecException(List<Violation> violations) {
        super(
                violations.size()
                        + (violations.size() == 1 ? " violation" : " violations")
                        + violations.stream().map(v -> "\n  - " + v).collect(Collectors.joining()),
                "Correct the fields that are listed.",
                null);
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
