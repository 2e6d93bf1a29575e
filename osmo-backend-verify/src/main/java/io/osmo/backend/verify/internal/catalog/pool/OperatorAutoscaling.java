// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** OP-3. */
public final class OperatorAutoscaling extends AbstractCheck {

    public OperatorAutoscaling() {
        super(
                "pool.operator.autoscaling",
                "an operator pool that scales from 1 to 3 nodes",
                Requirement.OP_3,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.pools(),
                pools -> each(
                        Pools.operator(pools),
                        "operator pools",
                        p -> p.scale().min() >= 1
                                && p.scale().max() >= 3
                                && p.scale().max() > p.scale().min(),
                        Pools::bounds,
                        "Turn autoscaling of the operator pool on, with minimum 1 and maximum 3."));
    }
}
