// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import org.jspecify.annotations.Nullable;

/**
 * A chart cannot be used: it cannot be fetched, is not what the spec expects, or cannot be rendered. Quotes Helm if Helm refuses it;
 * never contains credentials. Nothing in the cluster was changed.
 */
public final class ChartException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    public ChartException(String message, String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
