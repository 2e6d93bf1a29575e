// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.client;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.osmo.backend.spi.http.CallOutcome;
import io.osmo.backend.spi.http.LimitedCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** A request of one of Google's clients, whose own timeout is left aside: without one they take 20 seconds. */
final class JdkTransportRequest extends LowLevelHttpRequest {
    /**
     * Headers that the JDK's client sets itself, and the one that asks for compressed answers: how long those are is known only when they
     * are unpacked.
     */
    private static final Set<String> NOT_SENT = Set.of("accept-encoding", "connection", "content-length", "host");

    private final HttpClient client;
    private final HttpRequest.Builder request;
    private final String method;
    private final Duration timeout;

    JdkTransportRequest(HttpClient client, Duration timeout, String method, String url) {
        this.client = client;
        this.timeout = timeout;
        this.method = method;
        request = HttpRequest.newBuilder(URI.create(url));
    }

    @Override
    public void addHeader(String name, String value) {
        if (!NOT_SENT.contains(name.toLowerCase(Locale.ROOT))) {
            request.header(name, value);
        }
    }

    /** @throws SocketTimeoutException if the time is over, as Google's clients expect it */
    @Override
    public LowLevelHttpResponse execute() throws IOException {
        request.method(method, body()).timeout(timeout);
        CallOutcome outcome = LimitedCall.send(client, request.build(), JdkTransport.LONGEST_ANSWER, timeout);
        if (outcome instanceof CallOutcome.Failed failed) {
            throw failed.cause() instanceof HttpTimeoutException ? late(failed) : failed.cause();
        }
        return new JdkTransportResponse(((CallOutcome.Answered) outcome).response());
    }

    private static SocketTimeoutException late(CallOutcome.Failed failed) {
        SocketTimeoutException late = new SocketTimeoutException(failed.message());
        late.initCause(failed.cause());
        return late;
    }

    private BodyPublisher body() throws IOException {
        if (getStreamingContent() == null) {
            return BodyPublishers.noBody();
        }
        if (getContentType() != null) {
            request.setHeader("Content-Type", getContentType());
        }
        if (getContentEncoding() != null) {
            request.setHeader("Content-Encoding", getContentEncoding());
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        getStreamingContent().writeTo(content);
        return BodyPublishers.ofByteArray(content.toByteArray());
    }
}
