// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import java.io.Serial;

/** A request that no operation sees, because a service refuses it before. */
final class WireRefusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    final int status;
    final String code;

    WireRefusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
