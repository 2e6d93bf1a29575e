// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.spec.BackendRef;
import java.time.Duration;

/** Keeps two appliers of one backend apart. The default one works within one JVM; a host may plug in one that spans more. */
public interface BackendLock {
    /**
     * Takes the lock or waits for it.
     *
     * @throws InterruptedException when interrupted while waiting
     * @return closes to release; never null
     */
    Lease acquire(BackendRef backend, Duration deadline) throws InterruptedException;

    /** A lock that is held. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }
}
