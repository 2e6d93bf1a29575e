// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.BackendLock.Lease;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Serializes the appliers of one backend within this JVM, first come first served. Waiting holds no thread. */
final class LocalLock {
    /** One for the JVM, whoever opens how many entry points: they may act on the same backend. */
    static final LocalLock JVM = new LocalLock();

    /** By backend: completes when the last one in the queue has released. */
    private final ConcurrentMap<BackendRef, CompletableFuture<Void>> tails = new ConcurrentHashMap<>();

    CompletableFuture<Lease> acquire(BackendRef ref) {
        CompletableFuture<Void> released = new CompletableFuture<>();
        CompletableFuture<Void> before = tails.put(ref, released);
        AtomicBoolean closed = new AtomicBoolean();
        Lease lease = () -> {
            if (closed.compareAndSet(false, true)) {
                tails.remove(ref, released);
                released.complete(null);
            }
        };
        return before == null ? CompletableFuture.completedFuture(lease) : before.thenApply(ignored -> lease);
    }
}
