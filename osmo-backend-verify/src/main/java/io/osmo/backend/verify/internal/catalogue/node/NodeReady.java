// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.node;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** OSMO counts nodes that are Ready and not cordoned; one that is not is a warning, none at all a failure. */
public final class NodeReady extends AbstractCheck {

    public NodeReady() {
        super("node.ready", "every node ready and not cordoned", Requirement.CN_1, Severity.ERROR, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.nodes(), nodes -> {
            if (nodes.isEmpty()) {
                return breach(
                        "no nodes", "Raise the lower bound of a pool, or see what the pool's scaling activity says.");
            }
            List<NodeFacts> bad = nodes.stream().filter(n -> !n.available()).toList();
            if (bad.isEmpty()) {
                return pass("all " + nodes.size() + " nodes");
            }
            return breach(
                            bad.size() == nodes.size() ? Severity.ERROR : Severity.WARNING,
                            bad.size() + " of " + nodes.size() + " nodes are not ready or are cordoned",
                            "kubectl describe node " + bad.get(0).name())
                    .about(bad);
        });
    }
}
