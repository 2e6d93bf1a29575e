// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.watch;

/** Called by a {@link VerificationWatch} for each change, by one thread at a time. What it throws is logged; the watch continues. */
@FunctionalInterface
public interface VerificationListener {
    void changed(VerificationChange change);
}
