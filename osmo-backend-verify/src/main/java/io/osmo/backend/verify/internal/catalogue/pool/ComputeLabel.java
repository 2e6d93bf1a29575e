// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** CN-3: nodes that the cloud reserves for its own system are exempt. */
public final class ComputeLabel extends AbstractCheck {

    public ComputeLabel() {
        super(
                "pool.compute.label",
                "a label node-type on each node",
                Requirement.CN_3,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        nodes.stream()
                                .filter(n -> !Evidence.isOperator(n) && !system(n))
                                .toList(),
                        "compute nodes",
                        n -> !n.nodeType().isEmpty(),
                        n -> "no label node-type in pool " + n.pool().orElse("(none)"),
                        "Set node-type=compute or node-type=gpu on the node pool."));
    }

    private static boolean system(NodeFacts node) {
        return node.label("kubernetes.azure.com/mode").equals("system")
                || node.taints().stream().anyMatch(t -> t.key().equals("CriticalAddonsOnly"));
    }
}
