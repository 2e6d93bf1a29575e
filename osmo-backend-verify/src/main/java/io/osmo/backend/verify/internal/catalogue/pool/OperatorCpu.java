// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.units.Quantities;
import io.osmo.backend.verify.snapshot.Vantage;

/** OP-2: capacity, not what is left of it for pods. */
public final class OperatorCpu extends AbstractCheck {

    public OperatorCpu() {
        super(
                "pool.operator.cpu",
                "4 vCPU or more on each operator node",
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
                        n -> Quantities.millis(n.capacity().getOrDefault("cpu", ""))
                                        .orElse(0)
                                >= 4000,
                        n -> n.capacity().getOrDefault("cpu", "no") + " vCPU",
                        "Give the operator pool machines of 4 vCPU or more, such as m7i.xlarge, n2-standard-4, Standard_D4s_v5."));
    }
}
