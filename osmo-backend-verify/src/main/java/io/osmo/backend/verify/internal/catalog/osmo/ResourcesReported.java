// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.internal.rules.Taints;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The service counts a node only if a platform of the pool has its labels and tolerates its taints. The token of a backend may not ask for
 * nodes, so this is often unknown and only then a warning.
 */
public final class ResourcesReported extends OsmoCheck {
    private static final String HOSTNAME = "kubernetes.io/hostname";

    public ResourcesReported() {
        super(
                "osmo.resources-reported",
                "every ready compute node counted by the OSMO service",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return connected(
                osmo, backend -> pools(osmo, pools -> given(evidence.computeNodes(), nodes -> judge(pools, nodes))));
    }

    private Finding judge(List<OsmoFacts.Pool> pools, List<NodeFacts> nodes) {
        Set<String> counted = new HashSet<>();
        for (OsmoFacts.Pool pool : pools) {
            if (pool.nodes() instanceof Fact.Unknown<List<String>> unread) {
                return unknown(unread);
            }
            counted.addAll(pool.nodes().known().orElseThrow());
        }
        List<NodeFacts> ready = nodes.stream()
                .filter(node -> node.available() && !Taints.isLeaving(node))
                .toList();
        List<NodeFacts> missing = ready.stream()
                .filter(node -> !counted.contains(node.label(HOSTNAME)))
                .toList();
        if (ready.isEmpty()) {
            return skipped("no compute node is ready");
        }
        return missing.isEmpty()
                ? pass("all " + ready.size() + " compute nodes")
                : breach(
                                Severity.ERROR,
                                missing.size() + " of " + ready.size() + " compute nodes are in no platform of "
                                        + names(pools),
                                "Make sure that a platform of the pool selects labels that these nodes have and tolerates all their taints:"
                                        + " osmo.values(spec).serviceYaml() has a platform for each pool of the spec.")
                        .about(missing);
    }
}
