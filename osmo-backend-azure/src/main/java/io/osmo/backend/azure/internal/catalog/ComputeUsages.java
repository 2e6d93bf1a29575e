// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.AzureContext;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** How many vCPUs of each family the subscription may have in the region, and how many it has. */
public final class ComputeUsages {
    /** Quota of the vCPUs of all families together. */
    public static final String TOTAL = "cores";

    /** Quota of the vCPUs of spot machines, in place of their family's: learn.microsoft.com/azure/quotas/spot-quota. */
    public static final String SPOT = "lowPriorityCores";

    private static final String API_VERSION = "2024-07-01";

    private final Map<String, Usage> usages;

    private ComputeUsages(Map<String, Usage> usages) {
        this.usages = usages;
    }

    /**
     * One quota.
     *
     * @param used vCPUs that run
     * @param limit vCPUs that may run
     */
    public record Usage(long used, long limit) {
        public long left() {
            return Math.max(0, limit - used);
        }
    }

    public static CompletableFuture<ComputeUsages> read(AzureContext context) {
        return context.async(() -> {
            Map<String, Usage> usages = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (JsonNode usage : context.arm()
                    .list(
                            "Microsoft.Compute/locations/usages/read",
                            context.subscriptionId() + "/providers/Microsoft.Compute/locations/" + context.region()
                                    + "/usages",
                            API_VERSION)) {
                usages.put(
                        usage.at("/name/value").asText(),
                        new Usage(
                                usage.path("currentValue").asLong(),
                                usage.path("limit").asLong()));
            }
            return new ComputeUsages(usages);
        });
    }

    /** A quota by its name; empty when Azure does not tell it. */
    public Optional<Usage> of(String quota) {
        return Optional.ofNullable(usages.get(quota));
    }
}
