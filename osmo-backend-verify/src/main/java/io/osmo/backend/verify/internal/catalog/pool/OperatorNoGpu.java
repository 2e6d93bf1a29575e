// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** OP-2: the operator never uses a GPU. */
public final class OperatorNoGpu extends AbstractCheck {

    public OperatorNoGpu() {
        super(
                "pool.operator.no-gpu",
                "no GPU on operator nodes",
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
                        n -> !evidence.isGpu(n),
                        n -> n.instanceType() + " with GPUs",
                        "Use general-purpose machines for the operator pool."));
    }
}
