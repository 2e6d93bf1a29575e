// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;

/** OSMO's tests accept no other prefix. */
public final class NodePrefix extends OperatorCheck {

    public NodePrefix() {
        super(
                "operator.node-prefix",
                "a node condition prefix that is empty or ends with osmo.nvidia.com/",
                Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return each(
                deployments,
                "deployments",
                d -> prefix(d).isEmpty() || prefix(d).endsWith("osmo.nvidia.com/"),
                NodePrefix::prefix,
                "Set global.nodeConditionPrefix in the chart to a prefix that ends with osmo.nvidia.com/.");
    }

    private static String prefix(WorkloadFacts deployment) {
        return OsmoOperator.main(deployment).flag("nodeconditionprefix").orElse("");
    }
}
