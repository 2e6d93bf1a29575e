// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.watch;

/** Told of changes by a {@link VerificationWatch}, from one thread at a time. What it throws is logged and ends nothing. */
@FunctionalInterface
public interface VerificationListener {
    void changed(VerificationChange change);
}
