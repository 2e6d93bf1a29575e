// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** OP-2: burstable machines stall once their credits are spent. */
public final class OperatorInstanceType extends AbstractCheck {
    private static final Predicate<String> BURSTABLE = Pattern.compile(
                    "t[1234][ag]?\\..*|Standard_B.*|e2-(micro|small|medium)|f1-micro|g1-small")
            .asMatchPredicate();

    public OperatorInstanceType() {
        super(
                "pool.operator.instance-type",
                "general-purpose machines that are not burstable for the operator",
                Requirement.OP_2,
                Severity.INFO,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.operatorNodes(),
                nodes -> each(
                        nodes.stream()
                                .filter(n -> !n.label("node.kubernetes.io/instance-type")
                                        .isEmpty())
                                .toList(),
                        "operator nodes that name a type",
                        n -> !BURSTABLE.test(n.label("node.kubernetes.io/instance-type")),
                        n -> n.label("node.kubernetes.io/instance-type"),
                        "Prefer m7i.xlarge, n2-standard-4 or Standard_D4s_v5."));
    }
}
