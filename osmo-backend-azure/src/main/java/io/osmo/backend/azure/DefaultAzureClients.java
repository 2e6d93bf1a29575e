// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.Configuration;
import com.azure.identity.DefaultAzureCredentialBuilder;
import io.osmo.backend.azure.internal.client.Pipelines;
import io.osmo.backend.azure.internal.client.SharedCredentials;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Clients with the Azure SDK's default credential chain, its {@code AZURE_*} variables and one JDK HTTP client, which the
 * credential shares. Nothing is opened before it is needed. The JDK's client does not have to be closed.
 */
final class DefaultAzureClients implements AzureClients {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final AksSettings settings;
    private final AzureEnvironment environment;
    private final Configuration configuration = Configuration.getGlobalConfiguration();
    private @Nullable HttpClient http;
    private @Nullable TokenCredential credential;
    private @Nullable HttpPipeline pipeline;

    /** @param region not needed: Azure has one endpoint for all regions of a cloud */
    DefaultAzureClients(String region, AksSettings settings) {
        this.settings = settings;
        this.environment = Environments.of(settings, configuration.get(Configuration.PROPERTY_AZURE_CLOUD));
    }

    @Override
    public synchronized HttpPipeline pipeline() {
        if (pipeline == null) {
            pipeline = Pipelines.retryingReads(shared(), credential(), environment);
        }
        return pipeline;
    }

    @Override
    public AzureEnvironment environment() {
        return environment;
    }

    @Override
    public synchronized TokenCredential credential() {
        if (credential == null) {
            DefaultAzureCredentialBuilder chain = new DefaultAzureCredentialBuilder()
                    .httpClient(shared())
                    .retryPolicy(Pipelines.retryingTokens())
                    .configuration(identity(configuration, settings));
            if (configuration.get(Configuration.PROPERTY_AZURE_AUTHORITY_HOST) == null) {
                chain.authorityHost(environment.getActiveDirectoryEndpoint());
            }
            settings.tenant().ifPresent(chain::tenantId);
            credential = new SharedCredentials(chain.build());
        }
        return credential;
    }

    /** A tenant named in the settings also applies to credentials of the environment, which would use their own otherwise. */
    static Configuration identity(Configuration environment, AksSettings settings) {
        return settings.tenant()
                .map(tenant -> environment.clone().put(Configuration.PROPERTY_AZURE_TENANT_ID, tenant))
                .orElse(environment);
    }

    @Override
    public String subscription() {
        return settings.subscription()
                .or(() -> Optional.ofNullable(configuration.get(Configuration.PROPERTY_AZURE_SUBSCRIPTION_ID)))
                .orElseThrow(() -> CloudException.builder(
                                CloudError.INVALID_REQUEST, "Microsoft.Resources/subscriptions/read")
                        .code("no subscription")
                        .message("no Azure subscription is named")
                        .remedy("Set settings.subscription in the spec, or the variable AZURE_SUBSCRIPTION_ID.")
                        .build());
    }

    @Override
    public void close() {}

    private synchronized HttpClient shared() {
        if (http == null) {
            http = http();
        }
        return http;
    }

    static HttpClient http() {
        return new JdkHttpClientBuilder()
                .connectionTimeout(CONNECT)
                .responseTimeout(ANSWER)
                .build();
    }
}
