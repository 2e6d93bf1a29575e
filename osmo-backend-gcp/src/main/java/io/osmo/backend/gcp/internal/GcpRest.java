// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.client.JdkTransport;
import io.osmo.backend.spi.http.CallOutcome;
import io.osmo.backend.spi.http.LimitedCall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Google's REST services by URL, for the few calls that are not worth a client library. JSON in, JSON
 * out, with the credentials of the session. Reads that are throttled, or that the service fails, are repeated. Safe for concurrent use.
 */
public final class GcpRest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_ERROR = 400;

    private final GcpClients clients;

    /** @param clients say where the services are and with which credentials they are called */
    public GcpRest(GcpClients clients) {
        this.clients = clients;
    }

    /** @param path with its query, beginning with a slash, such as {@code /v1/projects/p/serviceAccounts} */
    public JsonNode get(GcpService service, String path) {
        return read("GET", service, path, MissingNode.getInstance());
    }

    /** A question that is put by POST and changes nothing. */
    public JsonNode ask(GcpService service, String path, JsonNode body) {
        return read("POST", service, path, body);
    }

    /** @param body JSON to send */
    public JsonNode post(GcpService service, String path, JsonNode body) {
        return send("POST", service, path, body);
    }

    public JsonNode patch(GcpService service, String path, JsonNode body) {
        return send("PATCH", service, path, body);
    }

    public JsonNode delete(GcpService service, String path) {
        return send("DELETE", service, path, MissingNode.getInstance());
    }

    private JsonNode read(String method, GcpService service, String path, JsonNode body) {
        return Retries.repeat(
                clients.attempts(),
                failure -> failure instanceof RestFailure answer && answer.passes(),
                () -> send(method, service, path, body));
    }

    private JsonNode send(String method, GcpService service, String path, JsonNode body) {
        URI uri = URI.create(clients.endpoint(service) + path);
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", "application/json");
            for (Map.Entry<String, List<String>> header :
                    clients.credentials().getRequestMetadata(uri).entrySet()) {
                header.getValue().forEach(value -> request.header(header.getKey(), value));
            }
            if (body.isMissingNode()) {
                request.method(method, BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
            }
            HttpResponse<byte[]> response = LimitedCall.send(
                            clients.http(), request.build(), JdkTransport.LONGEST_ANSWER, TIMEOUT)
                    .orElseThrow(failed -> failure(uri, failed));
            String text = new String(response.body(), StandardCharsets.UTF_8);
            if (response.statusCode() >= FIRST_ERROR) {
                throw RestFailure.of(response.statusCode(), text);
            }
            return text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RestFailure(0, "MALFORMED_ANSWER", uri + " did not answer with JSON", e);
        } catch (IOException e) {
            throw new RestFailure(0, RestFailure.NO_ANSWER, uri + " did not answer: " + e.getMessage(), e);
        }
    }

    private static RestFailure failure(URI uri, CallOutcome.Failed failed) {
        return switch (failed.reason()) {
            case TOO_LONG -> new RestFailure(0, "MALFORMED_ANSWER", uri + ": " + failed.message(), failed.cause());
            case INTERRUPTED ->
                new RestFailure(0, "INTERRUPTED", "interrupted while waiting for " + uri, failed.cause());
            case TOO_LATE, NO_ANSWER ->
                new RestFailure(0, RestFailure.NO_ANSWER, uri + " did not answer: " + failed.message(), failed.cause());
        };
    }
}
