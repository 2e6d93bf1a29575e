// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig cannot be used: it does not exist, is no kubeconfig, does not have what its context names, or its plugin gives no
 * credential. Names everything that is wrong with it, never a credential. No cluster was called.
 */
public final class KubeconfigException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    public KubeconfigException(String message, String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
