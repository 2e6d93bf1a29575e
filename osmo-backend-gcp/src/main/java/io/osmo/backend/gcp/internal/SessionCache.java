// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What does not change while a session is open, such as what machine types are: read once. Safe for concurrent use. */
public final class SessionCache {
    private final Map<String, CompletableFuture<?>> values = new ConcurrentHashMap<>();

    /** The value of a key; a reading that failed is made again the next time. */
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<T> get(String key, Supplier<CompletableFuture<T>> read) {
        CompletableFuture<?> known = values.get(key);
        if (known != null && !known.isCompletedExceptionally()) {
            return (CompletableFuture<T>) known;
        }
        CompletableFuture<T> fresh = read.get();
        values.put(key, fresh);
        return fresh;
    }
}
