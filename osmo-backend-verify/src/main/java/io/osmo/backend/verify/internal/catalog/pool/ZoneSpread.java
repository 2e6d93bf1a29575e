// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** CP-3: GPU pools are exempt, since each of them lives in one zone on purpose. */
public final class ZoneSpread extends AbstractCheck {

    public ZoneSpread() {
        super(
                "pool.zone-spread",
                "nodes of each pool in at least two zones",
                Requirement.CP_3,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        if (!evidence.expectations().production()) {
            return skipped("a development backend");
        }
        return given(evidence.nodes(), nodes -> {
            Map<String, List<NodeFacts>> pools = nodes.stream()
                    .filter(n -> n.pool().isPresent() && !evidence.isGpu(n))
                    .filter(n ->
                            evidence.expected(n).map(p -> p.zones().size() != 1).orElse(true))
                    .collect(Collectors.groupingBy(n -> n.pool().orElseThrow(), TreeMap::new, Collectors.toList()));
            pools.values().removeIf(members -> members.size() < 2);
            return each(
                    pools.keySet(),
                    "pools of two or more nodes",
                    name -> zones(pools, name).size() >= 2,
                    name -> "pool " + name + " only in " + zones(pools, name),
                    CloudServices.remedy(evidence.snapshot(), Remedy.SPREAD_POOL_OVER_ZONES));
        });
    }

    private static List<String> zones(Map<String, List<NodeFacts>> pools, String name) {
        return pools.getOrDefault(name, List.of()).stream()
                .map(NodeFacts::zone)
                .distinct()
                .sorted()
                .toList();
    }
}
