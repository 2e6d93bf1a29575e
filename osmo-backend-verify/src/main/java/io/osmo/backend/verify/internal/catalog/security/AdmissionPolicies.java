// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.AdmissionPolicyFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A policy that refuses every pod is found; what others refuse is for the API server to say. */
public final class AdmissionPolicies extends AbstractCheck {
    public AdmissionPolicies() {
        super(
                "security.admission-policies",
                "no ValidatingAdmissionPolicy that refuses OSMO's pods",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.snapshot().stack().admissionPolicies(), all -> {
            List<AdmissionPolicyFacts> applied = all.stream()
                    .filter(p -> !p.namespaces().equals(Fact.of(Set.of())))
                    .toList();
            for (AdmissionPolicyFacts policy : applied) {
                if (policy.namespaces() instanceof Fact.Unknown<Set<String>> unread) {
                    return unknown(unread).about(List.of(policy));
                }
            }
            List<AdmissionPolicyFacts> refusing =
                    applied.stream().filter(AdmissionPolicyFacts::refuses).toList();
            if (!refusing.isEmpty()) {
                return breach(
                                names(refusing) + " refuses every pod in " + namespaces(refusing),
                                "Let the policy or its binding leave out these namespaces (namespaceSelector), or delete it if"
                                        + " its software was removed.")
                        .about(refusing);
            }
            return applied.isEmpty()
                    ? pass("none denies pods in the OSMO namespaces")
                    : unknown(new Fact.Unknown<>(
                                    "what is denied in " + namespaces(applied) + " by " + names(applied)
                                            + " is not evaluated here",
                                    "Try it: kubectl run osmo-try --image=alpine:3.20 --dry-run=server -n NAMESPACE"))
                            .about(applied);
        });
    }

    private static String names(List<AdmissionPolicyFacts> policies) {
        List<String> names = policies.stream()
                .map(AdmissionPolicyFacts::policy)
                .distinct()
                .sorted()
                .toList();
        return names.stream().limit(3).collect(Collectors.joining(", ")) + (names.size() > 3 ? ", …" : "");
    }

    private static String namespaces(List<AdmissionPolicyFacts> policies) {
        return policies.stream()
                .flatMap(p -> p.namespaces().known().orElse(Set.of()).stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
    }
}
