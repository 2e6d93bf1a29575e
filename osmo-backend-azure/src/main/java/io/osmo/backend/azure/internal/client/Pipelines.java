// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.client;

import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.ExponentialBackoff;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.RetryStrategy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.management.AzureEnvironment;
import io.osmo.backend.spi.provider.NoAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Builds pipelines to Azure Resource Manager out of the SDK's policies. */
public final class Pipelines {
    private static final String USER_AGENT = "osmo-backend-java";
    private static final int READ_RETRIES = 3;

    private Pipelines() {}

    /** Sends each request once. */
    public static HttpPipeline unretried(HttpClient http, TokenCredential credential, AzureEnvironment environment) {
        return build(http, credential, environment, Optional.empty());
    }

    /**
     * Repeats reads that were throttled, failed with 5xx or got no answer, after the pause for which ARM asks if it is a short one.
     * Changes are not repeated: whether one that got no answer has taken effect is for the engine to find out, and throttled ones hold no
     * thread while the engine waits.
     */
    public static HttpPipeline retryingReads(
            HttpClient http, TokenCredential credential, AzureEnvironment environment) {
        RetryPolicy retries = new RetryPolicy(new Reachable(
                new ShortPauses(new ExponentialBackoff(READ_RETRIES, Duration.ofSeconds(1), Duration.ofSeconds(8)))));
        return build(http, credential, environment, Optional.of(new ReadsOnly(retries)));
    }

    /** Repeats requests for tokens as the SDK does by default, but blocks no thread for as long as the directory says. */
    public static RetryPolicy retryingTokens() {
        return new RetryPolicy(new ShortPauses(new ExponentialBackoff()));
    }

    private static HttpPipeline build(
            HttpClient http,
            TokenCredential credential,
            AzureEnvironment environment,
            Optional<HttpPipelinePolicy> retries) {
        List<HttpPipelinePolicy> policies = new ArrayList<>();
        policies.add(new UserAgentPolicy(USER_AGENT));
        policies.add(new RequestIdPolicy());
        retries.ifPresent(policies::add);
        policies.add(new TokenPolicy(
                credential instanceof SharedCredentials shared ? shared : new SharedCredentials(credential),
                environment.getManagementEndpoint().replaceAll("/+$", "") + "/.default"));
        return new HttpPipelineBuilder()
                .httpClient(http)
                .policies(policies.toArray(HttpPipelinePolicy[]::new))
                .build();
    }

    /** Does not try again what cannot be reached or has no credentials: whoever waits for the answer should learn it at once. */
    private record Reachable(RetryStrategy strategy) implements RetryStrategy {
        @Override
        public int getMaxRetries() {
            return strategy.getMaxRetries();
        }

        @Override
        public Duration calculateRetryDelay(int attempts) {
            return strategy.calculateRetryDelay(attempts);
        }

        @Override
        public boolean shouldRetryCondition(RequestRetryCondition condition) {
            Throwable failure = condition.getThrowable();
            return (failure == null || isReachable(failure)) && strategy.shouldRetryCondition(condition);
        }

        @Override
        public boolean shouldRetry(HttpResponse response) {
            return strategy.shouldRetry(response);
        }

        @Override
        public boolean shouldRetryException(Throwable failure) {
            return isReachable(failure) && strategy.shouldRetryException(failure);
        }

        private static boolean isReachable(Throwable failure) {
            return switch (NoAnswer.of(failure)) {
                case TIMEOUT -> true;
                case CONNECTION_LOST -> !(failure instanceof ClientAuthenticationException);
                default -> false;
            };
        }
    }

    /** Applies a policy to reads; everything else passes. */
    private record ReadsOnly(HttpPipelinePolicy policy) implements HttpPipelinePolicy {
        @Override
        public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
            return reads(context) ? policy.process(context, next) : next.process();
        }

        @Override
        public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
            return reads(context) ? policy.processSync(context, next) : next.processSync();
        }

        private static boolean reads(HttpPipelineCallContext context) {
            HttpMethod method = context.getHttpRequest().getHttpMethod();
            return method == HttpMethod.GET || method == HttpMethod.HEAD;
        }
    }
}
