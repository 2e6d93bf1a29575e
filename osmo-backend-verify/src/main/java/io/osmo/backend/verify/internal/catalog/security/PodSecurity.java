// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Set;
import java.util.function.Function;

/**
 * Pod Security Admission in an OSMO namespace. The level {@code restricted} rejects the operator, for which the chart sets no seccomp
 * profile, and tasks.
 */
public final class PodSecurity extends AbstractCheck {
    /** Kubernetes takes every other word for the strictest level. */
    private static final Set<String> LENIENT = Set.of("", "privileged", "baseline");

    private final Function<Expectations, String> namespace;

    private PodSecurity(String id, String title, Function<Expectations, String> namespace) {
        super(id, title, Severity.ERROR, Vantage.KUBERNETES);
        this.namespace = namespace;
    }

    public static PodSecurity psaWorkflowNamespace() {
        return new PodSecurity(
                "security.psa-workflow-namespace",
                "no Pod Security level restricted in the workflow namespace",
                Expectations::workflowNamespace);
    }

    public static PodSecurity psaAgentNamespace() {
        return new PodSecurity(
                "security.psa-agent-namespace",
                "no Pod Security level restricted in the operator namespace",
                Expectations::operatorNamespace);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        String name = namespace.apply(evidence.expectations());
        return given(
                evidence.snapshot().core().namespaces(),
                namespaces -> each(
                        namespaces.stream().filter(n -> n.name().equals(name)).toList(),
                        "namespaces of that name",
                        n -> LENIENT.contains(n.podSecurity()),
                        n -> "enforces " + n.podSecurity(),
                        "kubectl label namespace " + name
                                + " --overwrite pod-security.kubernetes.io/enforce=baseline"));
    }
}
