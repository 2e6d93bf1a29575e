// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.security;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** Tasks do not meet the level restricted. */
public final class WorkflowPodSecurity extends AbstractCheck {

    public WorkflowPodSecurity() {
        super(
                "security.psa-workflow-namespace",
                "no restricted pod security in the namespace of workflows",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        String name = evidence.expectations().workflowNamespace();
        return given(
                evidence.snapshot().core().namespaces(),
                namespaces -> each(
                        namespaces.stream().filter(n -> n.name().equals(name)).toList(),
                        "namespaces of that name",
                        n -> !n.podSecurity().equals("restricted"),
                        n -> "enforces " + n.podSecurity(),
                        "kubectl label namespace " + name
                                + " --overwrite pod-security.kubernetes.io/enforce=baseline"));
    }
}
