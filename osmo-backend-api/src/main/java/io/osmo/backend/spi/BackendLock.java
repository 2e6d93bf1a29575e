// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.spec.BackendRef;
import java.time.Duration;

/**
 * Ensures that only one apply changes a backend at a time. Within one JVM, applies take turns without it; provide a lock if several
 * processes apply. Implementations must be safe for concurrent use.
 */
public interface BackendLock {
    /**
     * Acquires the lock, blocking while another apply holds it.
     *
     * @param deadline the deadline of the apply: how long it may hold the lock
     * @return the lease; closing it releases the lock
     * @throws InterruptedException when interrupted while waiting
     */
    Lease acquire(BackendRef backend, Duration deadline) throws InterruptedException;

    /** A held lock. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }
}
