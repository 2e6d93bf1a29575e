// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.ComputeUsages;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.catalog.PoolSizes;
import io.osmo.backend.azure.internal.catalog.VmSize;
import io.osmo.backend.azure.internal.cluster.ClusterConcern;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.azure.internal.pool.PoolConcern;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Whether the vCPUs that are left suffice for new nodes: at their minimum, without which applying fails, and at their
 * maximum, without which pools do not grow that far. Existing nodes are counted in what is used. Pure.
 */
final class QuotaCheck extends PreflightCheck<AzureContext> {
    QuotaCheck() {
        super("quota", Requirement.CN_2);
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<AzureContext> survey) {
        CompletableFuture<ComputeUsages> usages = ComputeUsages.read(survey.context());
        return survey.inventory()
                .thenCombine(
                        usages,
                        (inventory, used) -> inventory
                                .attachment(Offers.class)
                                .map(offers -> findings(survey.spec(), inventory, offers, used))
                                .orElse(List.of()));
    }

    /** What is still to come under one quota, in vCPUs. */
    private record Need(long least, long most, List<String> pools) {
        Need and(long least, long most, String pool) {
            List<String> all = new ArrayList<>(pools);
            all.add(pool);
            return new Need(this.least + least, this.most + most, all);
        }
    }

    private List<PreflightFinding> findings(
            BackendSpec spec, Inventory inventory, Offers offers, ComputeUsages usages) {
        List<PreflightFinding> findings = new ArrayList<>();
        needs(spec, inventory, offers)
                .forEach((quota, need) -> finding(spec, quota, need, usages).ifPresent(findings::add));
        return findings.isEmpty() ? List.of(pass("vCPUs are left for all pools at their maximum")) : findings;
    }

    private static Map<String, Need> needs(BackendSpec spec, Inventory inventory, Offers offers) {
        Map<String, Need> needs = new TreeMap<>();
        AksSettings settings = AksSettings.of(spec.settings());
        if (!ClusterConcern.exists(inventory)) {
            add(
                    needs,
                    offers.size(settings.systemInstanceType()),
                    settings.systemNodes(),
                    SystemPool.most(settings),
                    false,
                    SystemPool.NAME);
        }
        for (NodePool pool : spec.pools()) {
            long existing = PoolConcern.nodes(pool, inventory);
            add(
                    needs,
                    offers.size(PoolSizes.of(pool)),
                    Math.max(0, Math.max(pool.scale().min(), pool.scale().initial()) - existing),
                    Math.max(0, pool.scale().max() - existing),
                    pool.spot(),
                    pool.name());
        }
        return needs;
    }

    private static void add(
            Map<String, Need> needs, Optional<VmSize> size, long least, long most, boolean spot, String pool) {
        if (size.isEmpty() || most == 0) {
            return;
        }
        List<String> quotas =
                spot ? List.of(ComputeUsages.SPOT) : List.of(size.get().family(), ComputeUsages.TOTAL);
        for (String quota : quotas) {
            Need need = needs.getOrDefault(quota, new Need(0, 0, List.of()));
            needs.put(
                    quota,
                    need.and(least * size.get().vcpus(), most * size.get().vcpus(), pool));
        }
    }

    private Optional<PreflightFinding> finding(BackendSpec spec, String quota, Need need, ComputeUsages usages) {
        Optional<ComputeUsages.Usage> usage = usages.of(quota);
        String what = "vCPUs of " + quota + " in " + spec.region() + " for pools " + need.pools();
        if (usage.isEmpty()) {
            return Optional.of(unknown(
                    "Azure does not say how many are left of the " + what, "Check Quotas in the Azure portal."));
        }
        long left = usage.get().left();
        if (need.most() <= left) {
            return Optional.empty();
        }
        String message = left + " of " + usage.get().limit() + " are left of the " + what + ", which take "
                + need.least() + " at first and " + need.most() + " at most";
        String remedy = "Ask for " + (usage.get().used() + need.most())
                + " in the Azure portal (Quotas), or lower the bounds of these pools.";
        return Optional.of(need.least() <= left ? warn(message, remedy) : fail(message, remedy));
    }
}
