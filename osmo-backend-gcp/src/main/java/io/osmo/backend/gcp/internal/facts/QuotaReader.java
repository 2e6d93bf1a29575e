// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import com.google.cloud.compute.v1.Quota;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.QuotaMetrics;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Needs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The regional quotas that node pools draw on, by the metrics of <a
 * href="https://cloud.google.com/compute/resource-usage">allocation quotas</a>. What counts to a quota per machine or GPU family,
 * which {@code regions.get} does not list, is unknown.
 */
final class QuotaReader implements FactReader<FactSource, List<CloudFacts.Quota>> {
    static final Needs NEEDS = Needs.reading("compute.regions.get");

    @Override
    public CompletableFuture<Fact<List<CloudFacts.Quota>>> read(FactSource source) {
        return Facts.of(QuotaMetrics.read(source.context()))
                .thenCombine(
                        source.offers(),
                        (limits, offers) -> Facts.both(
                                limits,
                                offers,
                                (known, sold) -> of(source.cluster().getNodePoolsList(), sold, known)));
    }

    static List<CloudFacts.Quota> of(List<NodePool> pools, Offers offers, Map<String, Quota> quotas) {
        Map<String, Map<String, Long>> draws = new TreeMap<>();
        for (NodePool pool : pools) {
            draws(pool.getConfig(), offers, quotas)
                    .forEach((metric, amount) ->
                            draws.computeIfAbsent(metric, m -> new HashMap<>()).put(pool.getName(), amount));
        }
        return draws.entrySet().stream()
                .map(each -> quota(each.getKey(), quotas.get(each.getKey()), each.getValue()))
                .toList();
    }

    private static Map<String, Long> draws(NodeConfig config, Offers offers, Map<String, Quota> quotas) {
        Map<String, Long> accelerators = new HashMap<>();
        config.getAcceleratorsList()
                .forEach(each -> accelerators.merge(each.getAcceleratorType(), each.getAcceleratorCount(), Long::sum));
        return QuotaMetrics.draws(
                config.getMachineType(),
                Optional.ofNullable(offers.machines().get(config.getMachineType())),
                accelerators,
                config.getSpot(),
                quotas);
    }

    private static CloudFacts.Quota quota(String metric, @Nullable Quota quota, Map<String, Long> perMachine) {
        Fact<Quota> known =
                quota == null ? Fact.unknown("compute.regions.get lists no quota " + metric) : Fact.of(quota);
        return new CloudFacts.Quota(
                metric,
                known.map(q -> (long) q.getLimit()),
                known.map(q -> (long) Math.ceil(q.getUsage())),
                perMachine);
    }
}
