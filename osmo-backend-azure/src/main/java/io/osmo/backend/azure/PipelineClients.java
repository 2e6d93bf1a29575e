// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpPipeline;
import com.azure.core.management.AzureEnvironment;

/** Clients with a pipeline that the caller has built and closes. */
record PipelineClients(
        HttpPipeline pipeline, TokenCredential credential, AzureEnvironment environment, String subscription)
        implements AzureClients {
    @Override
    public void close() {}
}
