// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;

/** OP-1: required of production backends only. */
public final class OperatorExists extends AbstractCheck {

    public OperatorExists() {
        super(
                "pool.operator.exists",
                "a node labeled node-type=operator",
                Requirement.OP_1,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.operatorNodes(), nodes -> {
            if (!nodes.isEmpty()) {
                return pass(nodes.size() + (nodes.size() == 1 ? " node" : " nodes"));
            }
            Optional<CloudFacts.Pool> empty = Pools.operator(
                            evidence.pools().known().orElse(List.of()))
                    .stream()
                    .findFirst();
            if (empty.isPresent()) {
                return breach(
                        evidence.expectations().production() ? Severity.ERROR : Severity.WARNING,
                        "pool " + empty.get().name() + " has no node",
                        "Raise its minimum to 1, or look at its scaling activity.");
            }
            return evidence.expectations().production()
                    ? breach(
                            "no node with that label",
                            "Create a node pool of 1 to 3 nodes with the label node-type=operator.")
                    : skipped("a development backend without an operator pool");
        });
    }
}
