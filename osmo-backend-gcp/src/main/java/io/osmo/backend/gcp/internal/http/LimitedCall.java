// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One call over HTTP, limited in the size of its answer and in its whole time. */
public final class LimitedCall {
    /** A page of 500 objects has some megabytes at most. */
    public static final int MOST_BYTES = 32 * 1024 * 1024;

    private LimitedCall() {}

    /**
     * Sends a request and reads the whole answer. The time limit of a request ends with the head of its answer, so there is another one for
     * the whole.
     *
     * @throws HttpTimeoutException if the whole takes longer
     * @throws TooLongAnswerException if the answer is longer than {@link #MOST_BYTES}
     */
    public static HttpResponse<byte[]> send(HttpClient client, HttpRequest request, Duration whole)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, LimitedBody.handler(MOST_BYTES));
        try {
            return sent.get(whole.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + whole.toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } finally {
            sent.cancel(true);
        }
    }
}
