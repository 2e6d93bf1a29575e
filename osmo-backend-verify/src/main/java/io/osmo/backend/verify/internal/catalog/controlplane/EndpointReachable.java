// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** What the API server reports about itself. */
public final class EndpointReachable extends AbstractCheck {

    public EndpointReachable() {
        super(
                "control-plane.endpoint-reachable",
                "a Kubernetes API that answers and reports ready",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().access().notReady(),
                notReady -> notReady.isEmpty()
                        ? pass("ready")
                        : breach(
                                "not ready: " + String.join(", ", notReady),
                                "kubectl get --raw '/readyz?verbose'; wait, or contact the cloud's support."));
    }
}
