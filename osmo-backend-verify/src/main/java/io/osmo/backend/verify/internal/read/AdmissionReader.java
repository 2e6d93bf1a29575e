// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.AdmissionPolicyFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Reads the ValidatingAdmissionPolicies that decide about OSMO's pods. Their CEL expressions are not evaluated; only that one is a
 * constant is seen. See
 * <a href="https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/">Kubernetes' documentation</a>.
 */
final class AdmissionReader {
    private AdmissionReader() {}

    static CompletableFuture<Fact<List<AdmissionPolicyFacts>>> read(Lists lists, Expectations expectations) {
        var policies = lists.list(Kinds.ADMISSION_POLICIES, Policy::of);
        var bindings = lists.list(Kinds.ADMISSION_BINDINGS, Binding::of);
        return lists.namespaces()
                .thenCompose(all -> {
                    OsmoNamespaces namespaces = new OsmoNamespaces(expectations, all);
                    return policies.thenCombine(
                            bindings,
                            (known, bound) -> known.flatMap(p -> bound.map(b -> b.stream()
                                    .flatMap(binding -> applied(binding, p, namespaces))
                                    .toList())));
                })
                // Only a server whose discovery answers says with 404 that it does not serve these kinds.
                .thenCombine(lists.groups(), (found, served) -> served.flatMap(groups -> found));
    }

    private static Stream<AdmissionPolicyFacts> applied(
            Binding binding, List<Policy> policies, OsmoNamespaces namespaces) {
        return policies.stream()
                .filter(policy -> binding.denies() && policy.name().equals(binding.policy()))
                .filter(policy -> !policy.admits() && newPods(policy.matches()) && newPods(binding.matches()))
                .map(policy -> new AdmissionPolicyFacts(
                        policy.name(),
                        binding.name(),
                        both(
                                namespaces.selected(policy.matches().path("namespaceSelector")),
                                namespaces.selected(binding.matches().path("namespaceSelector"))),
                        policy.refuses()));
    }

    /** Whether these constraints are about new pods in general. A binding without rules adds none to those of its policy. */
    private static boolean newPods(JsonNode constraints) {
        JsonNode rules = constraints.path("resourceRules");
        return Matching.selects(constraints.path("objectSelector"), Map.of())
                && !Matching.created(constraints.path("excludeResourceRules"), "pods")
                && (rules.isEmpty() || Matching.created(rules, "pods"));
    }

    private static Fact<Set<String>> both(Fact<Set<String>> one, Fact<Set<String>> other) {
        return one.flatMap(
                a -> other.map(b -> Set.copyOf(a.stream().filter(b::contains).toList())));
    }

    /**
     * @param matches which objects it is about
     * @param admits whether it admits every object
     * @param refuses whether it refuses every object
     */
    private record Policy(String name, JsonNode matches, boolean admits, boolean refuses) {
        static Policy of(JsonNode policy) {
            JsonNode spec = policy.path("spec");
            List<String> expressions = new ArrayList<>();
            spec.path("validations")
                    .forEach(v -> expressions.add(Parse.text(v, "expression").strip()));
            // Conditions and parameters decide whether the expressions are looked at.
            boolean always = spec.path("matchConditions").isEmpty()
                    && spec.path("paramKind").isMissingNode();
            return new Policy(
                    Parse.name(policy),
                    spec.path("matchConstraints"),
                    expressions.stream().allMatch("true"::equals),
                    always && expressions.contains("false"));
        }
    }

    private record Binding(String name, String policy, boolean denies, JsonNode matches) {
        static Binding of(JsonNode binding) {
            JsonNode spec = binding.path("spec");
            return new Binding(
                    Parse.name(binding),
                    Parse.text(spec, "policyName"),
                    Parse.strings(spec.path("validationActions")).contains("Deny"),
                    spec.path("matchResources"));
        }
    }
}
