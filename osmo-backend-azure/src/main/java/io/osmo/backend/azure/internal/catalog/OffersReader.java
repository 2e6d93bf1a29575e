// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads what a region offers, with four concurrent calls. */
public final class OffersReader {
    private static final String SKUS_VERSION = "2021-07-01";

    private OffersReader() {}

    public static CompletableFuture<Offers> read(AzureContext azure) {
        CompletableFuture<JsonNode> versions = azure.async(() -> azure.arm()
                .fetch(
                        "Microsoft.ContainerService/locations/kubernetesVersions/read",
                        azure.subscriptionId() + "/providers/Microsoft.ContainerService/locations/" + azure.region()
                                + "/kubernetesVersions",
                        ArmType.CLUSTER.apiVersion()));
        CompletableFuture<List<JsonNode>> sizes = sizes(azure);
        CompletableFuture<List<String>> providers = azure.async(() -> registered(azure.arm()
                .list(
                        "Microsoft.Resources/subscriptions/providers/read",
                        azure.subscriptionId() + "/providers",
                        ArmType.PROVIDER.apiVersion())));
        CompletableFuture<List<String>> features = azure.async(() -> features(azure.arm()
                .list(
                        "Microsoft.Features/providers/features/read",
                        azure.subscriptionId() + "/providers/Microsoft.Features/providers/Microsoft.Compute/features",
                        ArmType.FEATURE.apiVersion())));
        return CompletableFuture.allOf(versions, sizes, providers, features).thenApply(read -> {
            List<String> registered = new ArrayList<>(providers.join());
            registered.addAll(features.join());
            return of(versions.join(), sizes.join(), registered);
        });
    }

    /** VM sizes of the region as the list of SKUs has them. */
    public static CompletableFuture<List<JsonNode>> sizes(AzureContext azure) {
        return azure.async(() -> azure.arm()
                .list(
                        "Microsoft.Compute/skus/read",
                        azure.subscriptionId() + "/providers/Microsoft.Compute/skus?$filter=location%20eq%20'"
                                + azure.region() + "'",
                        SKUS_VERSION));
    }

    private static Offers of(JsonNode versions, List<JsonNode> skus, List<String> registered) {
        List<String> official = new ArrayList<>();
        List<String> longTerm = new ArrayList<>();
        for (JsonNode version : versions.path("values")) {
            if (version.path("isPreview").asBoolean(false)) {
                continue;
            }
            boolean standard = false;
            for (JsonNode plan : version.path("capabilities").path("supportPlan")) {
                standard |= plan.asText().equals("KubernetesOfficial");
            }
            (standard ? official : longTerm).add(version.path("version").asText());
        }
        official.sort(KubernetesVersion.NEWEST_FIRST);
        longTerm.sort(Comparator.naturalOrder());
        return new Offers(official, longTerm, sizes(skus), registered);
    }

    /** VM sizes by name. */
    public static Map<String, VmSize> sizes(List<JsonNode> skus) {
        Map<String, VmSize> sizes = new HashMap<>();
        for (JsonNode sku : skus) {
            if (sku.path("resourceType").asText().equals("virtualMachines")) {
                VmSize size = VmSize.of(sku);
                sizes.put(size.name(), size);
            }
        }
        return sizes;
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
