// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.Vantage;

/** OP-2: burstable machines slow down once their CPU credits are used up. */
public final class OperatorInstanceType extends AbstractCheck {
    public OperatorInstanceType() {
        super(
                "pool.operator.instance-type",
                "general-purpose, non-burstable machines for the operator",
                Requirement.OP_2,
                Severity.INFO,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.operatorNodes(),
                nodes -> each(
                        nodes.stream().filter(n -> !n.instanceType().isEmpty()).toList(),
                        "operator nodes with an instance type",
                        n -> !CloudServices.any(service -> service.machines().isBurstable(n.instanceType())),
                        n -> n.instanceType(),
                        "Use general-purpose machines"
                                + CloudServices.of(evidence.snapshot())
                                        .machines()
                                        .suchAs(4) + "."));
    }
}
