// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.client;

import com.google.api.gax.core.InstantiatingExecutorProvider;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The few threads that the sessions of all projects share, so that a host with a hundred of them has as many as with one. They start
 * when they are first needed and are daemons.
 */
public final class SharedThreads {
    private static final int HTTP = 4;

    private SharedThreads() {}

    private static ScheduledExecutorService threads(int count) {
        return InstantiatingExecutorProvider.newBuilder()
                .setExecutorThreadCount(count)
                .build()
                .getExecutor();
    }

    private static final class Background {
        static final ScheduledExecutorService THREAD = threads(1);
    }

    private static final class Http {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads(HTTP))
                .build();
    }

    /** On which the vendor's clients time their retries. */
    public static ScheduledExecutorService background() {
        return Background.THREAD;
    }

    /** For calls over HTTP. It holds no credentials. */
    public static HttpClient http() {
        return Http.CLIENT;
    }
}
