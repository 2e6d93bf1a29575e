// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.SessionCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what a region offers, with four concurrent calls. Versions and VM sizes are cached, unless AKS or Compute lists none because it is
 * not registered. What is registered is read each time.
 */
public final class OffersReader {
    /** What the calls below need. */
    public static final Needs NEEDS = Needs.reading(
            "Microsoft.Resources/subscriptions/providers/read",
            "Microsoft.Features/providers/features/read",
            "Microsoft.ContainerService/locations/kubernetesVersions/read",
            "Microsoft.Compute/skus/read",
            "Microsoft.Compute/locations/usages/read");

    /** The support plan that a cluster has unless it pays for another. */
    public static final String OFFICIAL = "KubernetesOfficial";

    private static final String LONG_TERM = "AKSLongTermSupport";
    private static final String SKUS_VERSION = "2021-07-01";

    /** The list also says which sizes the subscription may not have, which support lifts on request. */
    private static final Duration AGE_OF_SIZES = Duration.ofMinutes(10);

    private OffersReader() {}

    public static CompletableFuture<Offers> read(AzureContext context) {
        CompletableFuture<Map<String, List<String>>> versions = supportedVersions(context);
        CompletableFuture<Map<String, VmSize>> sizes = sizes(context);
        CompletableFuture<List<String>> providers = context.async(() -> registered(context.arm()
                .list(
                        "Microsoft.Resources/subscriptions/providers/read",
                        context.subscriptionId() + "/providers",
                        ArmType.PROVIDER.apiVersion())));
        CompletableFuture<List<String>> features = context.async(() -> features(context.arm()
                .list(
                        "Microsoft.Features/providers/features/read",
                        context.subscriptionId() + "/providers/Microsoft.Features/providers/Microsoft.Compute/features",
                        ArmType.FEATURE.apiVersion())));
        return CompletableFuture.allOf(versions, sizes, providers, features).thenApply(read -> {
            List<String> registered = new ArrayList<>(providers.join());
            registered.addAll(features.join());
            return of(versions.join(), sizes.join(), registered);
        });
    }

    private static CompletableFuture<JsonNode> versions(AzureContext context) {
        return context.async(() -> context.arm()
                .fetch(
                        "Microsoft.ContainerService/locations/kubernetesVersions/read",
                        context.subscriptionId() + "/providers/Microsoft.ContainerService/locations/" + context.region()
                                + "/kubernetesVersions",
                        ArmType.CLUSTER.apiVersion()));
    }

    /** Minor versions that AKS supports, by the support plan under which it does. */
    public static CompletableFuture<Map<String, List<String>>> supportedVersions(AzureContext context) {
        return context.cache()
                .get(
                        "kubernetes-versions",
                        Map.class,
                        SessionCache.AGE,
                        (Map<String, List<String>> known) ->
                                known.values().stream().anyMatch(minors -> !minors.isEmpty()),
                        () -> versions(context)
                                .thenApply(versions -> Map.of(
                                        OFFICIAL, under(OFFICIAL, versions),
                                        LONG_TERM, under(LONG_TERM, versions))));
    }

    /** Minor versions under a support plan, the newest first; previews are under none. */
    private static List<String> under(String plan, JsonNode versions) {
        List<String> minors = new ArrayList<>();
        for (JsonNode version : versions.path("values")) {
            for (JsonNode each : version.path("capabilities").path("supportPlan")) {
                if (each.asText().equals(plan) && !version.path("isPreview").asBoolean(false)) {
                    minors.add(version.path("version").asText());
                }
            }
        }
        minors.sort(KubernetesVersion.NEWEST_FIRST);
        return minors;
    }

    /** VM sizes of the region by name. */
    public static CompletableFuture<Map<String, VmSize>> sizes(AzureContext context) {
        return context.cache()
                .get(
                        "vm-sizes",
                        Map.class,
                        AGE_OF_SIZES,
                        (Map<String, VmSize> known) -> !known.isEmpty(),
                        () -> context.async(() -> sizes(context.arm()
                                .list(
                                        "Microsoft.Compute/skus/read",
                                        context.subscriptionId()
                                                + "/providers/Microsoft.Compute/skus?$filter=location%20eq%20'"
                                                + context.region() + "'",
                                        SKUS_VERSION))));
    }

    private static Offers of(Map<String, List<String>> versions, Map<String, VmSize> sizes, List<String> registered) {
        List<String> official = versions.getOrDefault(OFFICIAL, List.of());
        List<String> longTerm = new ArrayList<>(versions.getOrDefault(LONG_TERM, List.of()));
        longTerm.removeAll(official);
        longTerm.sort(Comparator.naturalOrder());
        return new Offers(official, longTerm, sizes, registered);
    }

    private static Map<String, VmSize> sizes(List<JsonNode> skus) {
        Map<String, VmSize> sizes = new HashMap<>();
        for (JsonNode sku : skus) {
            if (sku.path("resourceType").asText().equals("virtualMachines")) {
                VmSize size = VmSize.of(sku);
                sizes.put(size.name(), size);
            }
        }
        return Map.copyOf(sizes);
    }

    private static List<String> registered(List<JsonNode> providers) {
        return providers.stream()
                .filter(p -> p.path("registrationState").asText().equals("Registered"))
                .map(p -> p.path("namespace").asText())
                .toList();
    }

    private static List<String> features(List<JsonNode> features) {
        return features.stream()
                .filter(f -> f.path("properties").path("state").asText().equals("Registered"))
                .map(f -> f.path("name").asText())
                .toList();
    }
}
