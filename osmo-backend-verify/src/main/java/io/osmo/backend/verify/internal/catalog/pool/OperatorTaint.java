// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** OP-5: OSMO's default platform matches every node without a taint. */
public final class OperatorTaint extends AbstractCheck {

    public OperatorTaint() {
        super(
                "pool.operator.taint",
                "a taint that keeps workflows off operator nodes",
                Requirement.OP_5,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        Expectations expectations = evidence.expectations();
        return given(evidence.operatorNodes(), nodes -> {
            if (!expectations.known()) {
                return each(
                        nodes,
                        "operator nodes",
                        Pools::tainted,
                        n -> "no taint",
                        "Add a taint to the operator pool, such as ops=true:NoSchedule, which OSMO's chart tolerates.");
            }
            List<Taint> wanted = expectations.pools(PoolRole.OPERATOR).stream()
                    .flatMap(p -> p.taints().stream())
                    .toList();
            return wanted.isEmpty()
                    ? skipped("the spec asks for no taint on the operator pool")
                    : each(
                            nodes,
                            "operator nodes",
                            n -> n.taints().containsAll(wanted),
                            n -> "taints " + n.taints(),
                            "Apply the spec again: the pool's taints are " + wanted + ".");
        });
    }
}
