// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.List;
import java.util.stream.Collectors;

/** Objects with names that the backend needs exist, and the backend does not own them. They were not changed. */
public final class OwnershipConflictException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<String> conflicts;

    /** @param conflicts resource id and description of each conflicting object */
    public OwnershipConflictException(String backend, List<String> conflicts) {
        super(
                backend + ": the names of these resources are taken by objects without this backend's ownership tags"
                        + conflicts.stream().map(c -> "\n  - " + c).collect(Collectors.joining()),
                "If an object belongs to this backend and has lost its tags or labels, restore them: copy osmo-backend, "
                        + "osmo-region, osmo-managed-by and osmo-resource from another resource of the backend. Otherwise choose "
                        + "another backend name, or have the object deleted or renamed. Nothing was changed.",
                null);
        this.conflicts = List.copyOf(conflicts);
    }

    public List<String> conflicts() {
        return conflicts;
    }
}
