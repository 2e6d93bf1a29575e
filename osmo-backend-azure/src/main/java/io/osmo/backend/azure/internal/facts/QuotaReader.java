// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.catalog.Usages;
import io.osmo.backend.azure.internal.catalog.VmSize;
import io.osmo.backend.cluster.CloudFacts.Quota;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The vCPU quotas that agent pools draw on: that of the size's family and that of the whole region; spot machines draw on one
 * of their own. See <a href="https://learn.microsoft.com/azure/virtual-machines/quotas">vCPU quotas</a>.
 */
final class QuotaReader implements FactReader<FactSource, List<Quota>> {
    @Override
    public CompletableFuture<Fact<List<Quota>>> read(FactSource source) {
        CompletableFuture<Fact<Usages>> usages = Facts.of(Usages.compute(source.context()));
        return CompletableFuture.allOf(usages, source.pools(), source.sizes())
                .thenApply(done -> source.pools()
                        .join()
                        .flatMap(pools -> source.sizes()
                                .join()
                                .flatMap(sizes -> usages.join().map(used -> of(pools, sizes, used)))));
    }

    static List<Quota> of(List<JsonNode> pools, Map<String, VmSize> sizes, Usages usages) {
        Map<String, Map<String, Long>> draws = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (JsonNode pool : pools) {
            JsonNode properties = pool.path("properties");
            sizes.values().stream()
                    .filter(size -> size.name()
                            .equalsIgnoreCase(properties.path("vmSize").asText()))
                    .findFirst()
                    .ifPresent(size -> names(properties, size)
                            .forEach(name -> draws.computeIfAbsent(name, n -> new TreeMap<>())
                                    .put(pool.path("name").asText(), (long) size.vcpus())));
        }
        return draws.entrySet().stream()
                .map(each -> quota(each.getKey(), each.getValue(), usages))
                .toList();
    }

    private static List<String> names(JsonNode pool, VmSize size) {
        return size.quotas(
                pool.path("scaleSetPriority").asText().toLowerCase(Locale.ROOT).equals("spot"));
    }

    private static Quota quota(String name, Map<String, Long> perMachine, Usages usages) {
        Fact<Usages.Usage> known = usages.of(name)
                .<Fact<Usages.Usage>>map(Fact::of)
                .orElseGet(() -> Fact.unknown("the region lists no quota " + name));
        return new Quota(name, known.map(Usages.Usage::limit), known.map(Usages.Usage::used), perMachine);
    }
}
