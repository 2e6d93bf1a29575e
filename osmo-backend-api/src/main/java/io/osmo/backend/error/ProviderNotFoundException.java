// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.List;

/** No provider with this id is on the class path, or several are. */
public final class ProviderNotFoundException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<String> found;

    /** @param found ids of the providers that were found */
    public ProviderNotFoundException(String message, List<String> found, String remedy) {
        super(message + "; found: " + (found.isEmpty() ? "none" : String.join(", ", found)), remedy, null);
        this.found = List.copyOf(found);
    }

    /** Ids of the providers that were found. */
    public List<String> found() {
        return found;
    }
}
