// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.client;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryStrategy;
import io.osmo.backend.spi.http.RetryAfter;
import java.time.Duration;
import java.util.Map;

/** Repeats what another strategy repeats, unless the answer asks for a long pause, for which the SDK would block the calling thread. */
record ShortPauses(RetryStrategy strategy) implements RetryStrategy {
    /** Those that the SDK follows, and the units of their numbers. */
    private static final Map<HttpHeaderName, Duration> HEADERS = Map.of(
            HttpHeaderName.fromString("x-ms-retry-after-ms"),
            Duration.ofMillis(1),
            HttpHeaderName.fromString("retry-after-ms"),
            Duration.ofMillis(1),
            HttpHeaderName.RETRY_AFTER,
            Duration.ofSeconds(1));

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
        HttpResponse answer = condition.getResponse();
        return (answer == null || isShort(answer)) && strategy.shouldRetryCondition(condition);
    }

    @Override
    public boolean shouldRetry(HttpResponse answer) {
        return isShort(answer) && strategy.shouldRetry(answer);
    }

    @Override
    public boolean shouldRetryException(Throwable failure) {
        return strategy.shouldRetryException(failure);
    }

    private static boolean isShort(HttpResponse answer) {
        return HEADERS.entrySet().stream().allMatch(header -> {
            String value = answer.getHeaders().getValue(header.getKey());
            return value == null || RetryAfter.isShort(value, header.getValue());
        });
    }
}
