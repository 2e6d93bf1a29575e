// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Calls Google's REST services by URL. A refusal is an {@code IllegalStateException} with what the service says. */
public record RestCalls(GcpClients clients) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public JsonNode get(GcpService service, String path) {
        return send("GET", service, path, "");
    }

    public JsonNode post(GcpService service, String path, JsonNode body) {
        return send("POST", service, path, body.toString());
    }

    public JsonNode delete(GcpService service, String path) {
        return send("DELETE", service, path, "");
    }

    private JsonNode send(String method, GcpService service, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(clients.endpoint(service) + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = clients.http().send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException(answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
