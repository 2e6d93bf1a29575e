// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.probe;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.ProbeFacts;

/** This run of probes and earlier ones left nothing in the cluster. */
public final class Removed extends ProbeCheck {
    public Removed() {
        super("probe.removed", "nothing left behind by probes", Severity.WARNING);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        return facts.leftBehind()
                .map(left -> breach(
                        left,
                        "kubectl get namespaces -l app.kubernetes.io/managed-by=osmo-backend-verify; delete those that"
                                + " have expired."))
                .orElseGet(() -> pass("everything was removed"));
    }
}
