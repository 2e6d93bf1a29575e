// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.catalog.ComputeUsages;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.catalog.PoolSizes;
import io.osmo.backend.azure.internal.catalog.VmSize;
import io.osmo.backend.azure.internal.cluster.ClusterConcern;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.azure.internal.pool.PoolConcern;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether the vCPUs that are left suffice for the nodes to come: at their minimum, without which applying fails, and at their
 * maximum, without which pools do not grow as wanted. Nodes that stand are in what is used already. Pure.
 */
final class QuotaCheck {
    private QuotaCheck() {}

    /** What is still to come under one quota, in vCPUs. */
    private record Need(long least, long most, List<String> pools) {
        Need and(long least, long most, String pool) {
            List<String> all = new ArrayList<>(pools);
            all.add(pool);
            return new Need(this.least + least, this.most + most, all);
        }
    }

    static List<PreflightFinding> findings(BackendSpec spec, Inventory inventory, Offers offers, ComputeUsages usages) {
        List<PreflightFinding> findings = new ArrayList<>();
        needs(spec, inventory, offers)
                .forEach((quota, need) -> finding(spec, quota, need, usages).ifPresent(findings::add));
        return findings.isEmpty()
                ? List.of(new PreflightFinding(
                        Preflight.QUOTA,
                        Status.PASS,
                        Optional.of("CN-2"),
                        "vCPUs are left for all pools at their maximum",
                        ""))
                : findings;
    }

    private static Map<String, Need> needs(BackendSpec spec, Inventory inventory, Offers offers) {
        Map<String, Need> needs = new TreeMap<>();
        AksSettings settings = AksSettings.of(spec.settings());
        if (!ClusterConcern.stands(inventory)) {
            add(
                    needs,
                    offers.size(settings.systemInstanceType()),
                    settings.systemNodes(),
                    SystemPool.most(settings),
                    false,
                    SystemPool.NAME);
        }
        for (NodePool pool : spec.pools()) {
            long standing = PoolConcern.nodes(pool, inventory);
            add(
                    needs,
                    offers.size(PoolSizes.of(pool)),
                    Math.max(0, Math.max(pool.scale().min(), pool.scale().initial()) - standing),
                    Math.max(0, pool.scale().max() - standing),
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

    private static Optional<PreflightFinding> finding(BackendSpec spec, String quota, Need need, ComputeUsages usages) {
        Optional<ComputeUsages.Usage> usage = usages.of(quota);
        String what = "vCPUs of " + quota + " in " + spec.region() + " for pools " + need.pools();
        if (usage.isEmpty()) {
            return Optional.of(new PreflightFinding(
                    Preflight.QUOTA,
                    Status.UNKNOWN,
                    Optional.of("CN-2"),
                    "Azure does not tell how many are left of the " + what,
                    "Look at Quotas in the Azure portal."));
        }
        long left = usage.get().left();
        if (need.most() <= left) {
            return Optional.empty();
        }
        boolean starts = need.least() <= left;
        return Optional.of(new PreflightFinding(
                Preflight.QUOTA,
                starts ? Status.WARN : Status.FAIL,
                Optional.of("CN-2"),
                left + " of " + usage.get().limit() + " are left of the " + what + ", which take " + need.least()
                        + " at first and " + need.most() + " at the most",
                "Ask for " + (usage.get().used() + need.most()) + " in the Azure portal (Quotas), or lower the"
                        + " bounds of these pools."));
    }
}
