// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of Azure Resource Manager that is no error.
 *
 * @param status HTTP status
 * @param headers by name in lower case
 * @param body an empty node when there was none
 */
record Answer(int status, Map<String, String> headers, JsonNode body) {
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The URL to poll for the operation that continues after this response, in ARM's order of preference. Empty if the operation
     * has finished, or if only the state of the object shows how it goes.
     */
    Optional<String> operation() {
        return header("azure-asyncoperation").or(() -> header("location"));
    }

    Optional<Duration> retryAfter() {
        return retryAfter(headers);
    }

    /** ARM gives whole seconds, and compute and AKS milliseconds too. */
    static Optional<Duration> retryAfter(Map<String, String> headers) {
        Optional<Duration> millis = number(headers.get("retry-after-ms"))
                .or(() -> number(headers.get("x-ms-retry-after-ms")))
                .map(Duration::ofMillis);
        return millis.or(() -> number(headers.get("retry-after")).map(Duration::ofSeconds));
    }

    private static Optional<Long> number(@org.jspecify.annotations.Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Long.parseLong(text.trim()));
        } catch (NumberFormatException notSeconds) {
            return Optional.empty();
        }
    }
}
