// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** OP-5: workflows on operator nodes starve the operator. */
public final class IsolationFromOperator extends AbstractCheck {

    public IsolationFromOperator() {
        super(
                "pool.isolation-from-operator",
                "no workflow pod on an operator node",
                Requirement.OP_5,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.operatorNodes(),
                nodes -> given(evidence.snapshot().core().pods(), pods -> {
                    if (nodes.isEmpty()) {
                        return skipped("no operator nodes");
                    }
                    Set<String> operators = nodes.stream().map(NodeFacts::name).collect(Collectors.toSet());
                    List<PodFacts> strays = pods.stream()
                            .filter(p ->
                                    p.namespace().equals(evidence.expectations().workflowNamespace()))
                            .filter(p -> p.active() && operators.contains(p.node()))
                            .toList();
                    return strays.isEmpty()
                            ? pass("no workflow pod on " + nodes.size() + " operator nodes")
                            : breach(
                                            strays.size() + " workflow pods",
                                            "Taint the operator pool, or give OSMO's platforms a nodeSelector such as node-type=compute.")
                                    .about(strays);
                }));
    }
}
