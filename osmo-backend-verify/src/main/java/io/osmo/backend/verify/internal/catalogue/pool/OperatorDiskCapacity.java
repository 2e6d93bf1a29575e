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

/** OP-2: 50 GB less what the file system and the image take. */
public final class OperatorDiskCapacity extends AbstractCheck {
    private static final long FLOOR = 45L << 30;

    public OperatorDiskCapacity() {
        super(
                "pool.operator.disk-allocatable",
                "45 GiB of ephemeral storage or more on each operator node",
                Requirement.OP_2,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.operatorNodes(),
                nodes -> each(
                        nodes,
                        "operator nodes",
                        n -> storage(n) >= FLOOR,
                        n -> Quantities.gib(storage(n)),
                        "Set the disk of the operator pool to 50 GiB or more and replace its nodes."));
    }

    private static long storage(NodeFacts node) {
        return Quantities.amount(node.capacity().getOrDefault("ephemeral-storage", ""))
                .orElse(0);
    }
}
