// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** OP-1: the operator needs a node that accepts pods. */
public final class OperatorMinReady extends AbstractCheck {

    public OperatorMinReady() {
        super(
                "pool.operator.min-ready",
                "at least one operator node that is ready and not cordoned",
                Requirement.OP_1,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.operatorNodes(), nodes -> {
            if (nodes.isEmpty()) {
                return skipped("no operator nodes");
            }
            long available = nodes.stream().filter(NodeFacts::available).count();
            return available > 0
                    ? pass(available + " of " + nodes.size())
                    : breach("0 of " + nodes.size(), "kubectl describe nodes -l node-type=operator")
                            .about(nodes);
        });
    }
}
