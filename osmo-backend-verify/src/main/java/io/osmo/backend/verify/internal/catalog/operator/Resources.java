// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;

/** The listener keeps all pods and nodes in memory. */
public final class Resources extends OperatorCheck {
    private static final long LEAST = 1L << 30;

    public Resources() {
        super("operator.resources", "a memory limit of 1 GiB or more for the listener", Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return each(
                deployments.stream()
                        .filter(d -> d.runs(OsmoOperator.LISTENER)
                                && !OsmoOperator.main(d).memoryLimit().isEmpty())
                        .toList(),
                "listeners with a limit",
                d -> Quantities.amount(OsmoOperator.main(d).memoryLimit()).orElse(0) >= LEAST,
                d -> OsmoOperator.main(d).memoryLimit(),
                "Set services.backendListener.resources.limits.memory in the chart to 2Gi.");
    }
}
