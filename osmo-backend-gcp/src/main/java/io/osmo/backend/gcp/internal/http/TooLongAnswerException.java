// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.http;

import java.io.IOException;

/** An answer was longer than allowed. */
public final class TooLongAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongAnswerException(int limit) {
        super("the answer has more than " + limit + " bytes");
    }
}
