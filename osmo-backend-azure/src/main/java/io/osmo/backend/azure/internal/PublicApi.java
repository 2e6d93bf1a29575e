// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.error.CloudException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads Microsoft's public APIs through the HTTP client of the session. No credential is sent. */
public final class PublicApi {
    private static final String USER_AGENT = "osmo-backend-java";
    private static final int MOST_PAGES = 50;

    private final HttpPipeline pipeline;

    public PublicApi(AzureClients clients) {
        this.pipeline = new HttpPipelineBuilder()
                .httpClient(clients.pipeline().getHttpClient())
                .policies(new UserAgentPolicy(USER_AGENT))
                .build();
    }

    /**
     * All items of a list.
     *
     * @param base of the address, which the addresses of further pages have too
     */
    public List<JsonNode> items(String operation, String base, String query) {
        List<JsonNode> items = new ArrayList<>();
        String next = base + query;
        for (int pages = 0; isAt(base, next) && pages < MOST_PAGES; pages++) {
            JsonNode page = get(operation, next);
            page.path("Items").forEach(items::add);
            next = page.path("NextPageLink").asText("");
        }
        return items;
    }

    /** The service writes the port into the addresses of further pages. */
    private static boolean isAt(String base, String url) {
        return url.replaceFirst(":443/", "/").startsWith(base);
    }

    private JsonNode get(String operation, String url) {
        try (HttpResponse response = pipeline.sendSync(new HttpRequest(HttpMethod.GET, url), Context.NONE)) {
            BinaryData data = response.getBodyAsBinaryData();
            String text = data == null ? "" : data.toString();
            if (response.getStatusCode() >= 400) {
                throw AzureErrors.refused(operation, response.getStatusCode(), Map.of(), text);
            }
            return Json.parse(text);
        } catch (CloudException e) {
            throw e;
        } catch (RuntimeException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw AzureErrors.noAnswer(operation, e);
        }
    }
}
