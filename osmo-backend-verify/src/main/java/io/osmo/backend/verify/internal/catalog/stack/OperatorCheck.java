// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.stack;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;

/** A check of OSMO's operator. It does not apply before the operator is installed. */
public abstract class OperatorCheck extends AbstractCheck {
    protected OperatorCheck(String id, String title, Severity severity) {
        super(id, title, severity, Vantage.KUBERNETES);
    }

    protected OperatorCheck(String id, String title, Requirement requirement, Severity severity) {
        super(id, title, requirement, severity, Vantage.KUBERNETES);
    }

    /** @param deployments deployments of the operator, at least one */
    protected abstract Finding judge(Evidence evidence, List<WorkloadFacts> deployments);

    @Override
    protected final Finding judge(Evidence evidence) {
        return given(
                OsmoOperator.of(evidence),
                deployments -> deployments.isEmpty()
                        ? skipped("OSMO's operator is not installed yet")
                        : judge(evidence, deployments));
    }
}
