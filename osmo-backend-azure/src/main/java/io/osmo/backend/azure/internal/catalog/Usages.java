// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.AzureContext;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * What the subscription may have in the region, and what it has: vCPUs of each family, and objects of the network. See <a
 * href="https://learn.microsoft.com/rest/api/compute/usage/list">compute</a> and <a
 * href="https://learn.microsoft.com/rest/api/virtualnetwork/usages/list">network</a> usages.
 */
public final class Usages {
    /** Quota of the vCPUs of all families together. */
    public static final String TOTAL = "cores";

    /** Quota of the vCPUs of spot machines, in place of their family's: learn.microsoft.com/azure/quotas/spot-quota. */
    public static final String SPOT = "lowPriorityCores";

    /** Quota of virtual networks. */
    public static final String NETWORKS = "VirtualNetworks";

    /** Quota of public IP addresses. */
    public static final String ADDRESSES = "PublicIPAddresses";

    /** Quota of premium managed disks. */
    public static final String DISKS = "PremiumDiskCount";

    private static final String COMPUTE_VERSION = "2024-07-01";
    private static final String NETWORK_VERSION = "2024-05-01";

    private final Map<String, Usage> usages;

    private Usages(Map<String, Usage> usages) {
        this.usages = usages;
    }

    /**
     * One quota.
     *
     * @param used what there is
     * @param limit what there may be
     */
    public record Usage(long used, long limit) {}

    /** Quotas of vCPUs and disks. */
    public static CompletableFuture<Usages> compute(AzureContext context) {
        return read(context, "Microsoft.Compute", COMPUTE_VERSION);
    }

    /** Quotas of the network. */
    public static CompletableFuture<Usages> network(AzureContext context) {
        return read(context, "Microsoft.Network", NETWORK_VERSION);
    }

    private static CompletableFuture<Usages> read(AzureContext context, String namespace, String apiVersion) {
        return context.async(() -> {
            Map<String, Usage> usages = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (JsonNode usage : context.arm()
                    .list(
                            namespace + "/locations/usages/read",
                            context.subscriptionId() + "/providers/" + namespace + "/locations/" + context.region()
                                    + "/usages",
                            apiVersion)) {
                usages.put(
                        usage.at("/name/value").asText(),
                        new Usage(
                                usage.path("currentValue").asLong(),
                                usage.path("limit").asLong()));
            }
            return new Usages(usages);
        });
    }

    /** A quota by its name; empty if Azure does not return it. */
    public Optional<Usage> of(String quota) {
        return Optional.ofNullable(usages.get(quota));
    }
}
