// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.units.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** OP-2: 8 GB as printed on the box; the kernel keeps up to 7 percent of it. */
public final class OperatorMemory extends AbstractCheck {
    private static final long FLOOR = 8_000_000_000L * 93 / 100;

    public OperatorMemory() {
        super(
                "pool.operator.memory",
                "8 GB of memory or more, as sold, on each operator node",
                Requirement.OP_2,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.operatorNodes(),
                nodes -> each(
                        nodes,
                        "operator nodes",
                        n -> memory(n) >= FLOOR,
                        n -> Quantities.gib(memory(n)),
                        "Give the operator pool machines of 8 GB or more, such as m7i.xlarge, n2-standard-4, Standard_D4s_v5."));
    }

    private static long memory(NodeFacts node) {
        return Quantities.amount(node.capacity().getOrDefault("memory", "")).orElse(0);
    }
}
