// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.ForeignPolicyFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which policies of other APIs than Kubernetes' own limit the egress of OSMO's pods: of Cilium, Calico, Antrea and managed
 * services, and those of administrators. What they allow is not read. If an API group is not served, its kinds are not listed.
 */
final class ForeignPolicyReader {
    private static final Pattern VERSION = Pattern.compile("v[0-9][a-z0-9]{0,20}");

    /** How Cilium names the namespace of a pod among its labels. */
    private static final List<String> CILIUM_NAMESPACE =
            List.of("k8s:io.kubernetes.pod.namespace", "io.kubernetes.pod.namespace");

    /** The plain form of Calico's selectors; others may select any namespace. */
    private static final Pattern CALICO_NAMESPACE = Pattern.compile(
            "\\s*(?:projectcalico\\.org/name|kubernetes\\.io/metadata\\.name)\\s*==\\s*['\"]([^'\"]+)['\"]\\s*");

    private final OsmoNamespaces namespaces;

    private ForeignPolicyReader(OsmoNamespaces namespaces) {
        this.namespaces = namespaces;
    }

    static CompletableFuture<Fact<List<ForeignPolicyFacts>>> read(Lists lists, Expectations expectations) {
        return lists.namespaces()
                .thenCompose(all -> lists.groups().thenCompose(groups -> {
                    if (groups instanceof Fact.Unknown<JsonNode> unread) {
                        return CompletableFuture.completedFuture(Fact.unknown(unread.reason(), unread.remedy()));
                    }
                    ForeignPolicyReader reader = new ForeignPolicyReader(new OsmoNamespaces(expectations, all));
                    Map<String, String> served = versions(groups.known().orElseThrow());
                    return Lists.all(Kinds.foreignPolicies(expectations).stream()
                                    .filter(kind -> served.containsKey(kind.group()))
                                    .map(kind -> {
                                        String version = served.getOrDefault(kind.group(), "");
                                        return lists.list(
                                                version.isEmpty() ? kind : kind.version(version),
                                                policy -> reader.policy(kind, policy));
                                    })
                                    .toList())
                            .thenApply(read -> read.map(kinds -> kinds.stream()
                                    .flatMap(List::stream)
                                    .flatMap(Optional::stream)
                                    .toList()));
                }));
    }

    /** The version that each served group prefers; empty where discovery names none. */
    private static Map<String, String> versions(JsonNode groups) {
        Map<String, String> versions = new HashMap<>();
        groups.forEach(group -> {
            String version = Parse.text(group.path("preferredVersion"), "version");
            versions.put(Parse.text(group, "name"), VERSION.matcher(version).matches() ? version : "");
        });
        return versions;
    }

    /** Empty if it is not about the egress of OSMO's pods. */
    private Optional<ForeignPolicyFacts> policy(Kind kind, JsonNode policy) {
        List<JsonNode> specs = new ArrayList<>(List.of(policy.path("spec")));
        policy.path("specs").forEach(specs::add);
        Fact<Set<String>> selected = Fact.of(Set.of());
        for (JsonNode spec : specs) {
            if (egress(kind, spec)) {
                Fact<Set<String>> more = selected(kind, spec);
                selected = selected.flatMap(a -> more.map(b -> union(a, b)));
            }
        }
        return selected.equals(Fact.of(Set.of()))
                ? Optional.empty()
                : Optional.of(new ForeignPolicyFacts(
                        kind.qualified(),
                        Parse.text(policy.path("metadata"), "namespace"),
                        Parse.name(policy),
                        selected));
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> union = new HashSet<>(a);
        union.addAll(b);
        return Set.copyOf(union);
    }

    private static boolean egress(Kind kind, JsonNode spec) {
        List<String> types = new ArrayList<>(Parse.strings(spec.path("types")));
        types.addAll(Parse.strings(spec.path("policyTypes")));
        return kind.resource().equals("fqdnnetworkpolicies")
                || (types.isEmpty() ? spec.has("egress") || spec.has("egressDeny") : types.contains("Egress"));
    }

    private Fact<Set<String>> selected(Kind kind, JsonNode spec) {
        if (!kind.namespace().isEmpty()) {
            return namespaces.named(List.of(kind.namespace()));
        }
        return switch (kind.group()) {
            case "cilium.io" -> ofCilium(spec);
            case "crd.projectcalico.org" -> ofCalico(spec);
            default -> spec.has("subject") ? ofSubject(spec.path("subject")) : namespaces.all();
        };
    }

    private Fact<Set<String>> ofCilium(JsonNode spec) {
        JsonNode pods = spec.path("endpointSelector");
        if (pods.isMissingNode()) {
            // A policy on nodes.
            return Fact.of(Set.of());
        }
        for (String label : CILIUM_NAMESPACE) {
            String name = Parse.text(pods.path("matchLabels"), label);
            if (!name.isEmpty()) {
                return namespaces.named(List.of(name));
            }
        }
        for (JsonNode expression : pods.path("matchExpressions")) {
            if (CILIUM_NAMESPACE.contains(Parse.text(expression, "key"))
                    && Parse.text(expression, "operator").equals("In")) {
                return namespaces.named(Parse.strings(expression.path("values")));
            }
        }
        return namespaces.all();
    }

    private Fact<Set<String>> ofCalico(JsonNode spec) {
        Matcher name = CALICO_NAMESPACE.matcher(Parse.text(spec, "namespaceSelector"));
        return name.matches() ? namespaces.named(List.of(name.group(1))) : namespaces.all();
    }

    private Fact<Set<String>> ofSubject(JsonNode subject) {
        return namespaces.selected(
                subject.has("namespaces")
                        ? subject.path("namespaces")
                        : subject.path("pods").path("namespaceSelector"));
    }
}
