// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import org.jspecify.annotations.Nullable;

/** A secret that a spec refers to is not available. Names the reference, never a value. */
public final class MissingSecretException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    public MissingSecretException(String message, String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
