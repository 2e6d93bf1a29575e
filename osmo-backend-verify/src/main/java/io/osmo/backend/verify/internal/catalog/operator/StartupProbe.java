// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;

/** The first start on small nodes takes more than a minute. */
public final class StartupProbe extends OperatorCheck {

    public StartupProbe() {
        super("operator.startup-probe", "startup probes with a timeout of 60 s and 30 attempts", Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return each(
                deployments,
                "deployments",
                d -> OsmoOperator.main(d)
                        .startup()
                        .filter(p -> p.timeoutSeconds() < 60 || p.failures() < 30)
                        .isEmpty(),
                d -> OsmoOperator.main(d)
                        .startup()
                        .map(p -> p.failures() + " attempts of " + p.timeoutSeconds() + " s")
                        .orElse(""),
                "Set services.*.startupProbe in the chart: timeoutSeconds 60, failureThreshold 30.");
    }
}
