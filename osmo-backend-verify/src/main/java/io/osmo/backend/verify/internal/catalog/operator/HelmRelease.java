// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** A release that is stuck in another state blocks the next upgrade. */
public final class HelmRelease extends AbstractCheck {

    public HelmRelease() {
        super(
                "operator.helm-release",
                "Helm releases of OSMO's operator, KAI and the GPU Operator in the state deployed",
                Severity.INFO,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().stack().helmReleases(),
                releases -> each(
                        releases,
                        "releases",
                        r -> r.status().equals("deployed"),
                        r -> r.name() + " is " + r.status(),
                        releases.stream()
                                .filter(r -> !r.status().equals("deployed"))
                                .findFirst()
                                .map(r -> "helm history " + r.name() + " -n " + r.namespace() + "; helm rollback "
                                        + r.name() + " -n " + r.namespace())
                                .orElse("")));
    }
}
