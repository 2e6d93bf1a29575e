// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.rules.Taints;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * OSMO uses nodes that are Ready and not cordoned. A node that is not is a warning. It is a failure if no such node is left in a pool
 * with a minimum above zero or, without a spec, among the operator nodes or among the compute nodes.
 */
public final class Ready extends AbstractCheck {

    public Ready() {
        super("node.ready", "every node ready and not cordoned", Requirement.CN_1, Severity.ERROR, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.nodes(), nodes -> {
            if (nodes.isEmpty()) {
                return breach("no nodes", "Raise the minimum of a pool, or look at the pool's scaling activity.");
            }
            String gone = gone(evidence, nodes);
            // Nodes that an autoscaler is removing do not matter, unless no other nodes are left.
            List<NodeFacts> bad = nodes.stream()
                    .filter(n -> !n.available() && !(gone.isEmpty() && Taints.isLeaving(n)))
                    .toList();
            if (bad.isEmpty()) {
                return pass("all " + nodes.size() + " nodes");
            }
            return breach(
                            bad.size() == nodes.size() || !gone.isEmpty() ? Severity.ERROR : Severity.WARNING,
                            bad.size() + " of " + nodes.size() + " nodes " + state(bad)
                                    + (gone.isEmpty() ? "" : ", including all of " + gone),
                            "kubectl describe node " + bad.get(0).name() + "; if it is cordoned, kubectl uncordon it")
                    .about(bad);
        });
    }

    private static String state(List<NodeFacts> bad) {
        long notReady = bad.stream().filter(n -> !n.ready()).count();
        long cordoned = bad.size() - notReady;
        return cordoned == 0
                ? "not ready"
                : notReady == 0 ? "cordoned" : "not available: " + notReady + " not ready, " + cordoned + " cordoned";
    }

    /** Names of the groups of nodes that need an available node and have none. */
    private static String gone(Evidence evidence, List<NodeFacts> nodes) {
        Map<String, List<NodeFacts>> groups = new TreeMap<>();
        nodes.forEach(n -> group(evidence, n)
                .ifPresent(
                        g -> groups.computeIfAbsent(g, k -> new ArrayList<>()).add(n)));
        groups.values().removeIf(members -> members.stream().anyMatch(NodeFacts::available));
        return String.join(" and ", groups.keySet());
    }

    private static Optional<String> group(Evidence evidence, NodeFacts node) {
        Optional<Expectations.Pool> pool = evidence.expected(node);
        if (pool.isPresent()) {
            return pool.filter(p -> p.scale().min() > 0).map(p -> "pool " + p.name());
        }
        return node.nodeType().isEmpty()
                ? Optional.empty()
                : Optional.of(Evidence.isOperator(node) ? "the operator nodes" : "the compute nodes");
    }
}
