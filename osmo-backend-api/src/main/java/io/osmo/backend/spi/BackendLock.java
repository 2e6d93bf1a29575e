// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.spec.BackendRef;
import java.time.Duration;

/**
 * Makes sure that a backend is changed by one apply at a time. Applies in one JVM are serialized without it; a host provides a lock if
 * several processes apply. Implementations must be safe for concurrent use.
 */
public interface BackendLock {
    /**
     * Acquires the lock, blocking while another apply holds it.
     *
     * @throws InterruptedException when interrupted while waiting
     * @return the lease; closing it releases the lock
     */
    Lease acquire(BackendRef backend, Duration deadline) throws InterruptedException;

    /** A held lock. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }
}
