// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.service;

import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.OsmoServiceError;
import io.osmo.backend.error.OsmoServiceException;
import io.osmo.backend.spi.http.CallOutcome;
import io.osmo.backend.spi.http.LimitedCall;
import io.osmo.backend.spi.provider.NoAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Sends calls to the service. Follows redirects within the service only, so that no token is sent elsewhere. Limits the time of a call and
 * the size of a response. Sends no {@code x-osmo-} header, because a service without login trusts them. Safe for concurrent use.
 */
public final class ServiceTransport {
    private static final int REDIRECTS = 3;
    private static final int LONGEST_ANSWER = 16 << 20;
    private static final String JSON = "application/json";

    private final URI url;
    private final HttpClient http;
    private final Duration deadline;

    /** @param url scheme, host and port */
    public ServiceTransport(URI url, Optional<SSLContext> trust, Duration deadline) {
        this.url = url;
        this.deadline = deadline;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(deadline);
        trust.ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    URI url() {
        return url;
    }

    /**
     * Sends a call and waits for the whole answer, whatever its status.
     *
     * @param path path and query
     * @param bearer token of the session; empty where none is needed
     * @throws OsmoServiceException if there is no answer
     * @throws OperationCancelledException if the thread is interrupted; its interrupt flag is then set
     */
    ServiceAnswer send(String method, String path, Optional<String> body, Optional<String> bearer) {
        String operation = method + " " + path.split("\\?", -1)[0];
        URI target = url.resolve(path);
        for (int redirects = 0; ; redirects++) {
            HttpResponse<byte[]> response = LimitedCall.send(
                            http, request(method, target, body, bearer), LONGEST_ANSWER, deadline)
                    .orElseThrow(failed -> unanswered(operation, failed));
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return new ServiceAnswer(
                        operation, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
            }
            target = within(operation, response.statusCode(), target, location.get());
            if (!method.equals("GET") || redirects == REDIRECTS) {
                throw redirected(operation, response.statusCode(), target);
            }
        }
    }

    private HttpRequest request(String method, URI target, Optional<String> body, Optional<String> bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("Accept", JSON + ", text/plain")
                .method(
                        method,
                        body.map(text -> HttpRequest.BodyPublishers.ofString(text, StandardCharsets.UTF_8))
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
        body.ifPresent(text -> request.header("Content-Type", JSON));
        bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request.build();
    }

    private OsmoBackendException unanswered(String operation, CallOutcome.Failed failed) {
        return switch (failed.reason()) {
            case TOO_LONG ->
                new OsmoServiceException(
                        OsmoServiceError.UNEXPECTED_ANSWER,
                        operation,
                        0,
                        failed.message(),
                        "Make sure that " + url + " is the OSMO service.",
                        failed.cause());
            case TOO_LATE -> unavailable(operation, failed.message(), failed.cause());
            case INTERRUPTED -> new OperationCancelledException(operation + " was interrupted", List.of());
            case NO_ANSWER -> unreached(operation, failed.cause());
        };
    }

    private OsmoServiceException unreached(String operation, Throwable cause) {
        NoAnswer reason = NoAnswer.of(cause);
        boolean certificate = reason == NoAnswer.CERTIFICATE_UNTRUSTED
                || reason == NoAnswer.CERTIFICATE_EXPIRED
                || reason == NoAnswer.CERTIFICATE_NAME;
        return certificate
                ? new OsmoServiceException(
                        OsmoServiceError.UNTRUSTED,
                        operation,
                        0,
                        reason.describe(cause),
                        "Give the client the certificate authority of the service in PEM, or install a certificate that is valid for "
                                + url.getHost() + " today.",
                        cause)
                : unavailable(operation, reason.describe(cause), cause);
    }

    private OsmoServiceException unavailable(String operation, String what, Throwable cause) {
        return new OsmoServiceException(
                OsmoServiceError.UNAVAILABLE,
                operation,
                0,
                what,
                "Make sure that " + url + " can be reached from here and that the service runs, then call again.",
                cause);
    }

    /** Where a redirect leads, if that is within the service. */
    private URI within(String operation, int status, URI from, String location) {
        URI target;
        try {
            target = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw redirected(operation, status, url);
        }
        boolean same = url.getScheme().equals(target.getScheme())
                && url.getHost().equalsIgnoreCase(target.getHost())
                && url.getPort() == target.getPort();
        if (!same) {
            throw redirected(operation, status, target);
        }
        return target;
    }

    private OsmoServiceException redirected(String operation, int status, URI target) {
        String origin =
                target.getScheme() + "://" + target.getHost() + (target.getPort() < 0 ? "" : ":" + target.getPort());
        return new OsmoServiceException(
                OsmoServiceError.UNEXPECTED_ANSWER,
                operation,
                status,
                "redirected to " + origin + ", which was not followed",
                "Use the URL at which the API of the OSMO service answers without a redirect. A page to log in at means that its gateway"
                        + " takes no tokens here.",
                null);
    }
}
