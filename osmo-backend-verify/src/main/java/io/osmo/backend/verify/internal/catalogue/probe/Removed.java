// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.probe;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.ProbeFacts;

/** Nothing of this run of probes, or of an earlier one, is left in the cluster. */
public final class Removed extends ProbeCheck {
    public Removed() {
        super("probe.removed", "nothing that probes made is left", Severity.WARNING);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        return facts.leftBehind()
                .map(left -> breach(
                        left,
                        "kubectl get namespaces -l app.kubernetes.io/managed-by=osmo-backend-verify; delete what has"
                                + " expired."))
                .orElseGet(() -> pass("all was removed"));
    }
}
