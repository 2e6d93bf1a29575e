// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.source;

import io.osmo.backend.error.ChartException;
import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.spi.http.CallOutcome;
import io.osmo.backend.spi.http.LimitedCall;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches for one chart, in this process, so that credentials stay in it. Redirects are followed by hand: a login is shown to its own
 * server only. Everything goes over TLS, except to this machine.
 */
final class Download {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient client;
    private final String chart;
    private final Duration deadline;

    /**
     * @param client one that does not follow redirects
     * @param chart name of the release, for messages
     * @param deadline for each answer with its body
     */
    Download(HttpClient client, String chart, Duration deadline) {
        this.client = client;
        this.chart = chart;
        this.deadline = deadline;
    }

    /** An answer that is no redirect; {@code location} is where it came from in the end. */
    record Answer(int status, byte[] body, List<String> challenges, URI location) {}

    static boolean isThisMachine(URI uri) {
        return THIS_MACHINE.contains(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT));
    }

    /**
     * The body of an answer that is a success.
     *
     * @param what what is fetched, for messages, such as {@code the index of the repository}
     * @param limit the longest body, in bytes
     */
    byte[] fetch(String what, URI uri, Optional<Login> login, int limit) {
        Answer answer = get(what, uri, login, "*/*", limit);
        if (answer.status() != 200) {
            throw refused(what, answer);
        }
        return answer.body();
    }

    Answer get(String what, URI uri, Optional<Login> login, String accept, int limit) {
        URI next = uri;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            if (!"https".equalsIgnoreCase(next.getScheme()) && !(isThisMachine(uri) && isThisMachine(next))) {
                throw failed(what, next, "it is not https", null);
            }
            URI at = next;
            HttpResponse<byte[]> response = send(what, at, login.filter(known -> known.isFor(at)), accept, limit);
            Optional<String> redirect = response.headers().firstValue("Location");
            if (!REDIRECTS.contains(response.statusCode()) || redirect.isEmpty()) {
                return new Answer(
                        response.statusCode(),
                        response.body(),
                        response.headers().allValues("WWW-Authenticate"),
                        at);
            }
            next = resolve(what, at, redirect.get());
        }
        throw failed(what, uri, "it is redirected more than " + MOST_REDIRECTS + " times", null);
    }

    private URI resolve(String what, URI at, String redirect) {
        try {
            return at.resolve(redirect);
        } catch (IllegalArgumentException e) {
            throw failed(what, at, "it is redirected to something that is no address", null);
        }
    }

    private HttpResponse<byte[]> send(String what, URI uri, Optional<Login> login, String accept, int limit) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Accept", accept).header("User-Agent", "osmo-backend-helm");
        login.ifPresent(known -> request.header("Authorization", known.header()));
        return LimitedCall.send(client, request.build(), limit, deadline)
                .orElseThrow(failed -> unanswered(what, uri, failed));
    }

    private OsmoBackendException unanswered(String what, URI uri, CallOutcome.Failed failed) {
        return switch (failed.reason()) {
            case TOO_LATE ->
                new DeadlineExceededException(
                        "the chart of " + chart + " was not fetched", deadline, "waiting for " + what, List.of(), null);
            case INTERRUPTED ->
                new OperationCancelledException("fetching the chart of " + chart + " was interrupted", List.of());
            case TOO_LONG, NO_ANSWER -> failed(what, uri, failed.message(), failed.cause());
        };
    }

    ChartException refused(String what, Answer answer) {
        boolean login = answer.status() == 401 || answer.status() == 403;
        return new ChartException(
                "the chart of " + chart + " cannot be fetched: " + what + " at " + answer.location()
                        + " was answered with status " + answer.status(),
                login
                        ? "Give username and password of the chart, or check them and what they allow."
                        : "Check location, chart and version.",
                null);
    }

    ChartException failed(String what, URI uri, String why, @Nullable Throwable cause) {
        return new ChartException(
                "the chart of " + chart + " cannot be fetched: " + what + " at " + uri + ": " + why,
                "Check location, chart and version, and that this machine reaches the server.",
                cause);
    }
}
