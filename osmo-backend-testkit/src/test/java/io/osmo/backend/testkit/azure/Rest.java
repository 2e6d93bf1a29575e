// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.spi.VirtualTime;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/** A plain client of ARM for tests. */
public final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> VERSIONS = Map.of(
            "microsoft.network", "2025-03-01",
            "microsoft.containerservice", "2025-09-01",
            "microsoft.keyvault", "2024-11-01",
            "microsoft.compute", "2025-01-02",
            "microsoft.managedidentity", "2024-11-30",
            "microsoft.authorization", "2022-04-01",
            "microsoft.dataprotection", "2025-07-01",
            "microsoft.kubernetesconfiguration", "2024-11-01",
            "microsoft.storage", "2024-01-01",
            "microsoft.features", "2021-07-01");

    private final EmulatedAzure azure;
    private final VirtualTime time;

    public Rest(EmulatedAzure azure, VirtualTime time) {
        this.azure = azure;
        this.time = time;
    }

    public record Reply(int status, HttpResponse response, JsonNode body) {
        public String header(String name) {
            String value = response.getHeaders().getValue(HttpHeaderName.fromString(name));
            return value == null ? "" : value;
        }

        public String code() {
            return body.at("/error/code").asText();
        }

        public String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    public String id(String path) {
        return path.startsWith("/subscriptions") || path.startsWith("https:")
                ? path
                : "/subscriptions/" + azure.subscription() + "/" + path;
    }

    private static String version(String path) {
        String lower = path.toLowerCase(java.util.Locale.ROOT);
        int at = lower.lastIndexOf("/providers/");
        String namespace = at < 0 ? "" : lower.substring(at + 11).split("[/?]", -1)[0];
        return VERSIONS.getOrDefault(namespace, "2025-04-01");
    }

    public Reply send(HttpMethod method, String path, String body, String... headers) {
        String id = id(path);
        String url = id.startsWith("https:") ? id : "https://management.azure.com" + id;
        if (!url.contains("api-version=")) {
            url += (url.contains("?") ? "&" : "?") + "api-version=" + version(id);
        }
        HttpRequest request = new HttpRequest(method, url.replace(" ", "%20").replace("'", "%27"));
        request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer emulated");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(HttpHeaderName.fromString(headers[i]), headers[i + 1]);
        }
        if (!body.isEmpty()) {
            request.setBody(body.replace('`', '"').replace("$sub", id("").replaceAll("/$", "")));
        }
        HttpResponse response = azure.httpClient().sendSync(request, Context.NONE);
        String text = response.getBodyAsBinaryData().toString();
        try {
            return new Reply(response.getStatusCode(), response, JSON.readTree(text.isEmpty() ? "{}" : text));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Reply get(String path) {
        return send(HttpMethod.GET, path, "");
    }

    public Reply put(String path, String body) {
        return send(HttpMethod.PUT, path, body);
    }

    public Reply delete(String path) {
        return send(HttpMethod.DELETE, path, "");
    }

    public Reply post(String path, String body) {
        return send(HttpMethod.POST, path, body);
    }

    /** Creates or updates a resource, waits for the end of the operation and returns the resource. */
    public Reply made(String path, String body) {
        Reply reply = put(path, body);
        assertThat(reply.status()).as(reply.body().toString()).isIn(200, 201, 202);
        time.advance(Duration.ofMinutes(15));
        Reply standing = get(path);
        assertThat(standing.status()).as(standing.body().toString()).isEqualTo(200);
        return standing;
    }

    public Reply gone(String path) {
        Reply reply = delete(path);
        assertThat(reply.status()).as(reply.body().toString()).isIn(200, 202, 204);
        time.advance(Duration.ofMinutes(15));
        Reply left = get(path);
        assertThat(left.status()).as(left.body().toString()).isEqualTo(404);
        return reply;
    }
}
