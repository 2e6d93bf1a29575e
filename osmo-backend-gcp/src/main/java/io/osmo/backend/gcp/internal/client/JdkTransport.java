// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.client;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import java.net.http.HttpClient;
import java.time.Duration;

/** Carries the requests of Google's clients over the JDK's HTTP client. Calls block the calling thread, which an interrupt ends. */
public final class JdkTransport extends HttpTransport {
    /** In bytes. A page of 500 objects has some megabytes at most. */
    public static final int LONGEST_ANSWER = 32 * 1024 * 1024;

    private final HttpClient client;
    private final Duration timeout;

    /** @param timeout of every call */
    public JdkTransport(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    @Override
    public boolean supportsMethod(String method) {
        return true;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new JdkTransportRequest(client, timeout, method, url);
    }
}
