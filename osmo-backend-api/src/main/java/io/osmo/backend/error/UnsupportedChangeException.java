// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.List;
import java.util.stream.Collectors;

/** A spec needs changes that the cloud does not support for an existing resource, which must not be replaced. */
public final class UnsupportedChangeException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<String> changes;

    /** @param changes path in the spec, or resource id and the cloud's field, with current and desired value of each */
    public UnsupportedChangeException(String backend, List<String> changes) {
        super(
                backend + ": cannot be changed in place, and replacing it would destroy the backend"
                        + changes.stream().map(c -> "\n  - " + c).collect(Collectors.joining()),
                "Set the fields of the spec back to their current values, or create another backend. Nothing was changed.",
                null);
        this.changes = List.copyOf(changes);
    }

    public List<String> changes() {
        return changes;
    }
}
