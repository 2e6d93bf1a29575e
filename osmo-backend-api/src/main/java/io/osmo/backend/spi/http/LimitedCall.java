// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.http;

import io.osmo.backend.spi.http.CallOutcome.Answered;
import io.osmo.backend.spi.http.CallOutcome.Failed;
import io.osmo.backend.spi.http.CallOutcome.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One HTTP call with limits for the size of the answer and for the total time. */
public final class LimitedCall {
    private LimitedCall() {}

    /**
     * Sends a request and waits until the whole answer has been read. The timeout of an {@link HttpRequest} covers only the headers of
     * the answer; this one includes the body.
     *
     * @param limit the longest body, in bytes
     * @param whole how long the call may take
     */
    public static CallOutcome send(HttpClient client, HttpRequest request, int limit, Duration whole) {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, head -> new LimitedBody(limit));
        try {
            return new Answered(sent.get(whole.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            HttpTimeoutException late = new HttpTimeoutException("no complete answer within " + text(whole));
            late.initCause(e);
            return new Failed(Reason.TOO_LATE, late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for an answer");
            interrupted.initCause(e);
            return new Failed(Reason.INTERRUPTED, interrupted);
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } finally {
            sent.cancel(true);
        }
    }

    private static Failed failed(@Nullable Throwable cause) {
        if (cause instanceof LimitedBody.TooLongException tooLong) {
            return new Failed(Reason.TOO_LONG, tooLong);
        }
        // A connection that was never made says more about the server than about its answer.
        if (cause instanceof HttpTimeoutException late && !(cause instanceof HttpConnectTimeoutException)) {
            return new Failed(Reason.TOO_LATE, late);
        }
        return new Failed(Reason.NO_ANSWER, cause instanceof IOException known ? known : new IOException(cause));
    }

    private static String text(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
