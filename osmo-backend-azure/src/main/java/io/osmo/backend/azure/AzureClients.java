// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.management.AzureEnvironment;
import io.osmo.backend.azure.internal.client.Pipelines;

/**
 * How one session calls Azure: one HTTP pipeline of the Azure SDK, shared by all calls, and the credential that signs them.
 * Implement this interface to use other endpoints, credentials or an emulator. Safe for concurrent use.
 */
public interface AzureClients extends AutoCloseable {
    /**
     * The pipeline that signs and sends requests to Azure Resource Manager. It must not retry calls that change something: the
     * engine decides when to send them again.
     */
    HttpPipeline pipeline();

    /** The endpoints of the cloud. */
    AzureEnvironment environment();

    /** The credential for calls to anything but Azure Resource Manager, such as a cluster that trusts Microsoft Entra ID. */
    TokenCredential credential();

    /**
     * Id of the subscription.
     *
     * @throws io.osmo.backend.error.CloudException if neither the settings nor {@code AZURE_SUBSCRIPTION_ID} name one
     */
    String subscription();

    /** Closes what these clients opened. Does not throw. */
    @Override
    void close();

    /**
     * Clients that send everything through the given HTTP client, such as one with a proxy, or an emulator in the same process.
     * They retry nothing and read nothing from the environment.
     */
    static AzureClients over(
            HttpClient http, TokenCredential credential, AzureEnvironment environment, String subscription) {
        return new PipelineClients(
                Pipelines.unretried(http, credential, environment), credential, environment, subscription);
    }

    /** Creates the clients for one session. */
    @FunctionalInterface
    interface Factory {
        AzureClients open(String region, AksSettings settings);
    }
}
