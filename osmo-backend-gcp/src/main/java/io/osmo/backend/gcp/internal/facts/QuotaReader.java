// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import com.google.cloud.compute.v1.Quota;
import com.google.container.v1.AcceleratorConfig;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Machine;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The regional quotas that node pools draw on, by the metrics of <a
 * href="https://cloud.google.com/compute/resource-usage">allocation quotas</a>. What counts to a quota per machine or GPU family,
 * which {@code regions.get} does not list, is unknown.
 */
final class QuotaReader implements FactReader<FactSource, List<CloudFacts.Quota>> {
    /** Families whose CPUs count towards the quota of all CPUs. */
    private static final Set<String> SHARED = Set.of("e2", "n1", "f1", "g1");

    private static final String PREEMPTIBLE = "PREEMPTIBLE_";

    @Override
    public CompletableFuture<Fact<List<CloudFacts.Quota>>> read(FactSource source) {
        return Facts.of(quotas(source.context()))
                .thenCombine(
                        source.offers(),
                        (limits, offers) -> Facts.both(
                                limits,
                                offers,
                                (known, sold) -> of(source.cluster().getNodePoolsList(), sold, known)));
    }

    /** All quotas of the region by metric. */
    private static CompletableFuture<Map<String, Quota>> quotas(GcpContext context) {
        return context.async(
                "compute.regions.get",
                () -> context.clients().regions().get(context.project(), context.region()).getQuotasList().stream()
                        .collect(Collectors.toMap(Quota::getMetric, quota -> quota, (one, other) -> one)));
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
        Map<String, Long> draws = new HashMap<>();
        for (AcceleratorConfig accelerator : config.getAcceleratorsList()) {
            draws.merge(
                    gpus(config, accelerator.getAcceleratorType(), quotas),
                    accelerator.getAcceleratorCount(),
                    Long::sum);
        }
        Machine machine = offers.machines().get(config.getMachineType());
        if (machine == null) {
            return draws;
        }
        String cpus = cpus(config, quotas);
        // Machines that come with accelerators have a quota of CPUs in some families only.
        if (machine.gpus() == 0 || quotas.containsKey(cpus)) {
            draws.put(cpus, (long) machine.vcpus());
        }
        if (machine.gpus() > 0 && config.getAcceleratorsCount() == 0) {
            draws.put(gpus(config, machine.accelerator().orElse(""), quotas), (long) machine.gpus());
        }
        return draws;
    }

    private static String cpus(NodeConfig config, Map<String, Quota> quotas) {
        String preemptible = PREEMPTIBLE + "CPUS";
        if (config.getSpot()
                && quotas.containsKey(preemptible)
                && quotas.get(preemptible).getLimit() > 0) {
            return preemptible;
        }
        String family = config.getMachineType().replaceFirst("-.*", "");
        return SHARED.contains(family) ? "CPUS" : family.toUpperCase(Locale.ROOT) + "_CPUS";
    }

    /** Names of metrics follow those of accelerators, mostly without the size of their memory. */
    private static String gpus(NodeConfig config, String accelerator, Map<String, Quota> quotas) {
        String model = accelerator
                .replaceFirst("^nvidia-(tesla-)?", "")
                .toUpperCase(Locale.ROOT)
                .replace('-', '_');
        String prefix = (config.getSpot() ? PREEMPTIBLE : "") + "NVIDIA_";
        String full = prefix + model + "_GPUS";
        return Stream.of(full, prefix + model.replaceFirst("_\\d+GB$", "") + "_GPUS")
                .filter(quotas::containsKey)
                .findFirst()
                .orElse(full);
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
