// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;

/** OP-5: by default the chart tolerates the taint {@code ops}. */
public final class OperatorTaintTolerated extends OperatorCheck {

    public OperatorTaintTolerated() {
        super(
                "pool.operator.taint-tolerated",
                "taints on operator nodes that OSMO's operator tolerates",
                Requirement.OP_5,
                Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return given(
                evidence.operatorNodes(),
                nodes -> nodes.isEmpty()
                        ? skipped("no operator nodes")
                        : each(
                                deployments,
                                "deployments",
                                d -> nodes.stream()
                                        .anyMatch(n -> OsmoOperator.template(d).tolerates(Pools.lasting(n.taints()))),
                                d -> d.name() + " tolerates none of the operator nodes",
                                "Set global.tolerations in the backend-operator chart to the taints of the pool."));
    }
}
