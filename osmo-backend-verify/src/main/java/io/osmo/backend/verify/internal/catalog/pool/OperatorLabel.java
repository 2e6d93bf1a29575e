// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Set;
import java.util.stream.Collectors;

/** OP-4. */
public final class OperatorLabel extends AbstractCheck {

    public OperatorLabel() {
        super(
                "pool.operator.label",
                "every node of the operator pool labeled node-type=operator",
                Requirement.OP_4,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.nodes(), nodes -> {
            Set<String> pools = nodes.stream()
                    .filter(Evidence::isOperator)
                    .flatMap(n -> n.pool().stream())
                    .collect(Collectors.toSet());
            return each(
                    nodes.stream()
                            .filter(n -> n.pool().filter(pools::contains).isPresent())
                            .toList(),
                    "nodes of operator pools",
                    Evidence::isOperator,
                    n -> n.nodeType().isEmpty() ? "no label node-type" : "node-type=" + n.nodeType(),
                    "Set the label on the node pool, or: kubectl label node NAME node-type=operator");
        });
    }
}
