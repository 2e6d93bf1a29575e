// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.google.api.gax.core.InstantiatingExecutorProvider;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The one thread on which the vendor's clients of all sessions time their retries, so that a host with a hundred projects has one
 * rather than a hundred. It starts with the first session and is a daemon.
 */
public final class BackgroundThread {
    private BackgroundThread() {}

    private static final class Holder {
        static final ScheduledExecutorService INSTANCE = InstantiatingExecutorProvider.newBuilder()
                .setExecutorThreadCount(1)
                .build()
                .getExecutor();
    }

    public static ScheduledExecutorService shared() {
        return Holder.INSTANCE;
    }
}
