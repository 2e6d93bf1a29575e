// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.client;

import io.osmo.backend.spi.http.RetryAfter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Removes the demand for a long pause from an answer. The SDK would block the calling thread for as long as it says; without it, it
 * pauses as its retry mode does, for seconds.
 */
public final class ShortPauses implements ExecutionInterceptor {
    /** Those that the SDK follows, and the units of their numbers. */
    private static final Map<String, Duration> HEADERS =
            Map.of("Retry-After", Duration.ofSeconds(1), "x-amz-retry-after", Duration.ofMillis(1));

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        SdkHttpResponse answer = context.httpResponse();
        List<String> asking = HEADERS.entrySet().stream()
                .filter(header -> answer.firstMatchingHeader(header.getKey())
                        .filter(value -> !RetryAfter.isShort(value, header.getValue()))
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
        return asking.isEmpty() ? answer : answer.copy(copy -> asking.forEach(copy::removeHeader));
    }
}
