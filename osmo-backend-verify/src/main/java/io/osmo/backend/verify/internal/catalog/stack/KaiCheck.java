// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.stack;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** A check of KAI. It does not apply before KAI or OSMO's operator, which needs KAI, is installed. */
public abstract class KaiCheck extends AbstractCheck {
    protected KaiCheck(String id, String title, Severity severity) {
        super(id, title, severity, Vantage.KUBERNETES);
    }

    protected abstract Finding judgeKai(Evidence evidence);

    @Override
    protected final Finding judge(Evidence evidence) {
        return given(
                CustomKinds.definition(evidence, "podgroups.scheduling.run.ai"),
                crd -> given(
                        Kai.deployments(evidence),
                        kai -> given(
                                OsmoOperator.of(evidence),
                                operator -> crd.isEmpty() && kai.isEmpty() && operator.isEmpty()
                                        ? skipped("KAI is not installed yet")
                                        : judgeKai(evidence))));
    }
}
