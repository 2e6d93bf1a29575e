// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpPipeline;
import com.azure.core.management.AzureEnvironment;
import io.osmo.backend.azure.internal.client.Pipelines;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The provider with the clients that it makes by itself, except for a credential that asks nobody. */
public final class AzureEndpoint {
    private AzureEndpoint() {}

    /** @param endpoint of Azure Resource Manager */
    public static AzureProvider provider(URI endpoint) {
        TokenCredential token = request -> Mono.just(new AccessToken("t", OffsetDateTime.MAX));
        Map<String, String> endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
        endpoints.put("resourceManagerEndpointUrl", endpoint.toString());
        AzureEnvironment environment = new AzureEnvironment(endpoints);
        HttpPipeline pipeline = Pipelines.retryingReads(DefaultAzureClients.http(), token, environment);
        return new AzureProvider((region, settings) -> new PipelineClients(pipeline, token, environment, "s"));
    }
}
