// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.NewestImages;
import io.osmo.backend.azure.internal.catalog.VmSize;
import io.osmo.backend.azure.internal.pool.AksGpuStack;
import io.osmo.backend.azure.internal.pool.PoolNames;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What AKS says about an agent pool. */
final class PoolFactsReader implements FactReader<FactSource, List<CloudFacts.Pool>> {
    @Override
    public CompletableFuture<Fact<List<CloudFacts.Pool>>> read(FactSource source) {
        return Facts.then(
                source.pools(),
                all -> Futures.all(all.stream()
                                .map(ArmObject::of)
                                .map(pool -> image(source.context(), pool).thenApply(image -> Map.entry(pool, image)))
                                .toList())
                        .thenCombine(source.cluster(), Map::entry)
                        .thenCombine(
                                source.sizes(),
                                (known, sizes) -> Fact.of(known.getKey().stream()
                                        .map(pool -> of(pool.getKey(), known.getValue(), sizes, pool.getValue()))
                                        .toList())));
    }

    private static CompletableFuture<Fact<CloudFacts.NodeImage>> image(AzureContext context, ArmObject pool) {
        return Facts.of(NewestImages.newest(context, pool))
                .thenApply(fact -> fact.flatMap(newest -> image(pool, newest)));
    }

    private static Fact<CloudFacts.NodeImage> image(ArmObject pool, Optional<String> newest) {
        return pool.find("/properties/nodeImageVersion")
                .flatMap(release -> newest.map(named -> new CloudFacts.NodeImage(
                        release, Optional.of(named).filter(image -> NewestImages.replaces(image, release)))))
                .map(Fact::of)
                .orElseGet(() -> Fact.unknown(
                        "AKS does not report the image of agent pool " + pool.name() + ", or the newest one for it"));
    }

    static CloudFacts.Pool of(
            ArmObject pool,
            Fact<ArmObject> cluster,
            Fact<Map<String, VmSize>> sizes,
            Fact<CloudFacts.NodeImage> image) {
        JsonNode properties = pool.json().path("properties");
        String size = properties.path("vmSize").asText();
        int count = properties.path("count").asInt(0);
        boolean scales = properties.path("enableAutoScaling").asBoolean(false);
        int min = scales ? properties.path("minCount").asInt(count) : count;
        int max = scales ? properties.path("maxCount").asInt(count) : count;
        boolean byHost = properties.path("enableEncryptionAtHost").asBoolean(false);
        return new CloudFacts.Pool(
                pool.name(),
                specPool(properties),
                pool.provisioningState(),
                issues(pool),
                List.of(size),
                sizes.flatMap(all -> machine(size, all)),
                sizes.flatMap(all -> machine(size, all)),
                new Scale(min, Math.max(1, max), Math.min(Math.max(count, min), Math.max(1, max))),
                labels(properties),
                taints(properties),
                disk(properties.path("osDiskSizeGB").asInt(0)),
                // Every managed disk is encrypted; ephemeral ones and caches only with the host's help or a key of the
                // cluster.
                byHost
                        ? Fact.of(true)
                        : cluster.map(
                                c -> c.find("/properties/diskEncryptionSetID").isPresent()),
                Fact.of(ControlPlaneReader.texts(properties.path("availabilityZones"))),
                properties
                        .path("currentOrchestratorVersion")
                        .asText(properties.path("orchestratorVersion").asText("")),
                properties
                        .path("nodeImageVersion")
                        .asText(properties.path("osSKU").asText("")),
                properties.path("scaleSetPriority").asText("").equalsIgnoreCase("Spot"),
                Fact.of(AksGpuStack.of(properties.at("/gpuProfile/driver").asText(""))),
                image);
    }

    /** Zero means AKS's default, which depends on the VM size. */
    private static Fact<Integer> disk(int gib) {
        return gib > 0 ? Fact.of(gib) : Fact.unknown("AKS chooses the size of the disk by that of the machine");
    }

    private static Optional<String> specPool(JsonNode properties) {
        return Optional.of(properties.path("tags").path(PoolNames.POOL_TAG).asText(""))
                .filter(text -> !text.isEmpty());
    }

    private static List<String> issues(ArmObject pool) {
        List<String> issues = new ArrayList<>();
        if (pool.failed()) {
            issues.add("the last operation " + pool.provisioningState().toLowerCase(Locale.ROOT)
                    + pool.find("/properties/status/provisioningError/message")
                            .map(m -> ": " + m)
                            .orElse(""));
        }
        pool.find("/properties/powerState/code")
                .filter(code -> !code.equals("Running"))
                .ifPresent(code -> issues.add("power state " + code));
        return List.copyOf(issues);
    }

    private static Fact<CloudFacts.Machine> machine(String size, Map<String, VmSize> sizes) {
        return sizes.values().stream()
                .filter(s -> s.name().equalsIgnoreCase(size))
                .findFirst()
                .map(s -> Fact.of(new CloudFacts.Machine(
                        s.name(),
                        s.vcpus(),
                        s.memoryMib(),
                        s.gpus(),
                        s.architecture().equalsIgnoreCase("Arm64") ? "arm64" : "amd64")))
                .orElseGet(() -> Fact.unknown("the region does not list VM size " + size));
    }

    private static Map<String, String> labels(JsonNode properties) {
        Map<String, String> labels = new TreeMap<>();
        properties
                .path("nodeLabels")
                .properties()
                .forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
        // AKS gives it to the nodes without counting it among the pool's own labels.
        String mode = properties.path("mode").asText("");
        if (!mode.isEmpty()) {
            labels.put("kubernetes.azure.com/mode", mode.toLowerCase(Locale.ROOT));
        }
        return labels;
    }

    private static List<Taint> taints(JsonNode properties) {
        List<Taint> taints = new ArrayList<>();
        for (JsonNode text : properties.path("nodeTaints")) {
            Taint.parse(text.asText()).ifPresent(taints::add);
        }
        return List.copyOf(taints);
    }
}
