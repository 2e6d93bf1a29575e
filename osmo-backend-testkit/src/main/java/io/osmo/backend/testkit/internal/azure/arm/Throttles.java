// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Token buckets of ARM and of resource providers.
 *
 * @see <a href="https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling">ARM</a>
 * @see <a href="https://learn.microsoft.com/azure/aks/quotas-skus-regions">AKS</a>
 */
public final class Throttles {
    /**
     * @param size how many requests are accepted at once
     * @param refill time after which one more is accepted
     */
    public record Limit(int size, Duration refill) {}

    static final Limit READS = new Limit(250, Duration.ofMillis(40));
    static final Limit WRITES = new Limit(200, Duration.ofMillis(100));
    static final Limit DELETES = new Limit(200, Duration.ofMillis(100));

    private final Map<String, Bucket> buckets = new HashMap<>();

    private static final class Bucket {
        double tokens;
        Instant filled;

        Bucket(double tokens, Instant filled) {
            this.tokens = tokens;
            this.filled = filled;
        }
    }

    /** Takes a token; if there is none, returns how long to wait for one. */
    Optional<Duration> take(String key, Limit limit, Instant now) {
        Bucket bucket = buckets.computeIfAbsent(key, k -> new Bucket(limit.size(), now));
        double passed = (double) Duration.between(bucket.filled, now).toMillis()
                / limit.refill().toMillis();
        bucket.tokens = Math.min(limit.size(), bucket.tokens + passed);
        bucket.filled = now;
        if (bucket.tokens >= 1) {
            bucket.tokens--;
            return Optional.empty();
        }
        long millis = (long) Math.ceil((1 - bucket.tokens) * limit.refill().toMillis());
        return Optional.of(Duration.ofSeconds(Math.max(1, (millis + 999) / 1000)));
    }
}
