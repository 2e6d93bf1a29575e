// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig cannot be used: it does not exist, is not a kubeconfig, lacks what its context refers to, or its plugin gives no
 * credentials. Lists everything that is wrong; never contains credentials. No cluster was called.
 */
public final class KubeconfigException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    public KubeconfigException(String message, String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
