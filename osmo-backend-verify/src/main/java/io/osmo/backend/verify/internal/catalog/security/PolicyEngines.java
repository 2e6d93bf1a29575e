// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;

/** Policies may reject OSMO's pods. An installed engine is no defect, so this is for information only. */
public final class PolicyEngines extends AbstractCheck {

    public PolicyEngines() {
        super(
                "security.policy-engines",
                "no policy engine that may reject OSMO's pods",
                Severity.INFO,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.snapshot().server().apiGroups(), groups -> {
            List<String> engines = groups.stream()
                    .filter(Set.of("kyverno.io", "constraints.gatekeeper.sh", "policies.kubewarden.io")::contains)
                    .sorted()
                    .toList();
            return engines.isEmpty()
                    ? pass("none")
                    : breach(
                            String.join(", ", engines),
                            "Exempt " + evidence.expectations().operatorNamespace() + " and "
                                    + evidence.expectations().workflowNamespace()
                                    + ", or test in both: kubectl run osmo-try --image=alpine:3.20"
                                    + " --dry-run=server -n NAMESPACE");
        });
    }
}
