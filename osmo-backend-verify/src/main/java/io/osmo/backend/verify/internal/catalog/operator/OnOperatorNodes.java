// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** OP-1: the operator pool is for OSMO's operator. */
public final class OnOperatorNodes extends OperatorCheck {

    public OnOperatorNodes() {
        super(
                "operator.on-operator-nodes",
                "pods of OSMO's operator on nodes labeled node-type=operator",
                Requirement.OP_1,
                Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return given(
                evidence.snapshot().core().pods(),
                pods -> given(evidence.nodes(), nodes -> {
                    Set<String> operatorNodes = nodes.stream()
                            .filter(Evidence::isOperator)
                            .map(NodeFacts::name)
                            .collect(Collectors.toSet());
                    return each(
                            OsmoOperator.pods(deployments, pods).stream()
                                    .filter(p -> p.active() && !p.node().isEmpty())
                                    .toList(),
                            "pods of the operator",
                            p -> operatorNodes.contains(p.node()),
                            p -> p.name() + " on " + p.node(),
                            "Set global.nodeSelector in the chart to node-type: operator.");
                }));
    }
}
