// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.management.AzureEnvironment;
import io.osmo.backend.azure.internal.client.Pipelines;

/**
 * The way to Azure for one session: one pipeline of the SDK, shared by all calls, with the credential that signs them. The one
 * seam by which endpoints, credentials and emulators are swapped. Safe for concurrent use.
 */
public interface AzureClients extends AutoCloseable {
    /**
     * Signs and sends requests to Azure Resource Manager. Changing calls are sent once: the engine knows better than the
     * pipeline when to send one again.
     */
    HttpPipeline pipeline();

    /** Endpoints of the cloud. */
    AzureEnvironment environment();

    /** Signs what does not go to Azure Resource Manager, such as calls to a cluster that trusts Microsoft Entra ID. */
    TokenCredential credential();

    /**
     * Id of the subscription.
     *
     * @throws io.osmo.backend.error.CloudException when none was named
     */
    String subscription();

    /** Closes what was opened; never null, never fails. */
    @Override
    void close();

    /**
     * Sends everything through an HTTP client of the host's own, such as an emulator in the same process, or a proxy.
     * Nothing is retried here and nothing read from the environment.
     */
    static AzureClients over(
            HttpClient http, TokenCredential credential, AzureEnvironment environment, String subscription) {
        return new PipelineClients(
                Pipelines.unretried(http, credential, environment), credential, environment, subscription);
    }

    /** Opens the way to one region. */
    @FunctionalInterface
    interface Factory {
        AzureClients open(String region, AksSettings settings);
    }
}
