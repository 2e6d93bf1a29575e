// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.installed.Installed;
import io.osmo.backend.verify.internal.catalogue.installed.OperatorCheck;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;

/** The worker is ready only once it has logged in and connected to the OSMO service. */
public final class DeploymentsAvailable extends OperatorCheck {

    public DeploymentsAvailable() {
        super(
                "operator.deployments-available",
                "listener and worker of OSMO's operator, both ready in their newest form",
                Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return given(
                evidence.snapshot().pods(),
                pods -> each(
                        List.of(Installed.LISTENER, Installed.WORKER),
                        "parts of the operator",
                        part -> deployments.stream()
                                .anyMatch(d -> d.runs(part)
                                        && d.ready() > 0
                                        && Installed.template(d).current()),
                        part -> part + " is "
                                + (deployments.stream().anyMatch(d -> d.runs(part)) ? "not ready" : "missing"),
                        PodTroubles.next(evidence, pods)));
    }
}
