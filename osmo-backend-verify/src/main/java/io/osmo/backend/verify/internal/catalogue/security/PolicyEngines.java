// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.security;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;

/** Policies may refuse pods of OSMO for reasons of their own. That an engine is there is no defect: hence only for information. */
public final class PolicyEngines extends AbstractCheck {

    public PolicyEngines() {
        super(
                "security.policy-engines",
                "no policy engine that OSMO has not been admitted by",
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
                                    + ", or see what they say in each: kubectl run osmo-try --image=alpine:3.20"
                                    + " --dry-run=server -n NAMESPACE");
        });
    }
}
