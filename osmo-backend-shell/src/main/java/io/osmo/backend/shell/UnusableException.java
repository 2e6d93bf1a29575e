// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

/** An argument, or a file that it names, is not valid. The message says why and what to do. */
final class UnusableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableException(String message) {
        super(message);
    }
}
