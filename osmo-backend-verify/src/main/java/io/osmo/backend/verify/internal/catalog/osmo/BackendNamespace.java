// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.snapshot.OsmoFacts;

/** The names of the scheduler's queues hold the namespace, so workflows of another one wait forever. */
public final class BackendNamespace extends OsmoCheck {
    public BackendNamespace() {
        super("osmo.backend-namespace", "the workflow namespace known to the OSMO service", Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        String wanted = evidence.expectations().workflowNamespace();
        return connected(
                osmo,
                backend -> backend.namespace().equals(wanted)
                        ? pass(wanted)
                        : breach(
                                "the OSMO service has the namespace " + backend.namespace() + ", not " + wanted,
                                "Set the workflow namespace of the operator and k8s_namespace in the values of the OSMO service to "
                                        + wanted + "."));
    }
}
