// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.probe;

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
        return facts.leftBehind().map(left -> breach(left, next(left))).orElseGet(() -> pass("everything was removed"));
    }

    private static String next(String left) {
        if (left.contains("Discovery failed")) {
            return "A namespace goes only once every API answers: kubectl get apiservices shows those that do not; start what serves them,"
                    + " or delete them.";
        }
        return left.contains("Terminating")
                ? "kubectl get namespaces -l app.kubernetes.io/managed-by=osmo-backend-verify -o yaml shows what is left in them; remove"
                        + " its finalizers if nothing else does."
                : "kubectl get namespaces -l app.kubernetes.io/managed-by=osmo-backend-verify; delete those that have expired.";
    }
}
