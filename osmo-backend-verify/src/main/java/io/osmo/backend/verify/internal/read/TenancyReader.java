// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.ClaimFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.LimitRangeFacts;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Block;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Peer;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Rule;
import io.osmo.backend.verify.snapshot.QuotaFacts;
import io.osmo.backend.verify.snapshot.TenancyFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what governs single namespaces. */
final class TenancyReader {
    private static final String NAME = "kubernetes.io/metadata.name";

    private TenancyReader() {}

    /** Starts to read; what is returned collects what has arrived. */
    static Supplier<TenancyFacts> start(Lists lists, Expectations expectations, Pending pending) {
        var claims = pending.add(lists.list(Kinds.claims(expectations), TenancyReader::claim));
        var policies = pending.add(lists.list(Kinds.networkPolicies(expectations), TenancyReader::networkPolicy));
        var quotas = pending.add(lists.list(Kinds.quotas(expectations), TenancyReader::quota));
        var limitRanges = pending.add(lists.list(Kinds.limitRanges(expectations), TenancyReader::limitRange));
        var foreignPolicies = pending.add(ForeignPolicyReader.read(lists, expectations));
        return () ->
                new TenancyFacts(claims.get(), policies.get(), quotas.get(), limitRanges.get(), foreignPolicies.get());
    }

    private static ClaimFacts claim(JsonNode claim) {
        JsonNode spec = claim.path("spec");
        return new ClaimFacts(
                Parse.text(claim.path("metadata"), "namespace"),
                Parse.name(claim),
                spec.hasNonNull("storageClassName")
                        ? Optional.of(Parse.text(spec, "storageClassName"))
                        : Optional.empty(),
                Parse.strings(spec.path("accessModes")),
                Parse.text(claim.path("status"), "phase"));
    }

    private static NetworkPolicyFacts networkPolicy(JsonNode policy) {
        JsonNode spec = policy.path("spec");
        List<String> types = Parse.strings(spec.path("policyTypes"));
        List<Rule> rules = new ArrayList<>();
        spec.path("egress").forEach(r -> rules.add(rule(r)));
        return new NetworkPolicyFacts(
                Parse.text(policy.path("metadata"), "namespace"),
                Parse.name(policy),
                everything(spec.path("podSelector")),
                types.isEmpty() ? spec.has("egress") : types.contains("Egress"),
                rules);
    }

    private static Rule rule(JsonNode rule) {
        List<Block> blocks = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        rule.path("to").forEach(to -> {
            JsonNode block = to.path("ipBlock");
            if (block.isObject()) {
                blocks.add(new Block(Parse.text(block, "cidr"), Parse.strings(block.path("except"))));
            } else {
                JsonNode namespaces = to.path("namespaceSelector");
                boolean every = namespaces.isObject() && everything(namespaces);
                names(namespaces).forEach(name -> peers.add(new Peer(name, every)));
            }
        });
        List<String> ports = new ArrayList<>();
        rule.path("ports").forEach(p -> ports.add(port(p)));
        return new Rule(blocks, peers, ports);
    }

    /** Names of the namespaces that a selector asks for; one empty name when it selects otherwise. */
    private static List<String> names(JsonNode namespaces) {
        String name = Parse.text(namespaces.path("matchLabels"), NAME);
        for (JsonNode expression : namespaces.path("matchExpressions")) {
            if (name.isEmpty()
                    && Parse.text(expression, "key").equals(NAME)
                    && Parse.text(expression, "operator").equals("In")) {
                return Parse.strings(expression.path("values"));
            }
        }
        return List.of(name);
    }

    private static String port(JsonNode port) {
        String protocol = Parse.text(port, "protocol");
        return (protocol.isEmpty() ? "TCP" : protocol)
                + (port.hasNonNull("port") ? " " + Parse.text(port, "port") : "")
                + (port.hasNonNull("endPort") ? "-" + Parse.text(port, "endPort") : "");
    }

    /** Whether a selector asks for nothing. */
    private static boolean everything(JsonNode selector) {
        return selector.path("matchLabels").isEmpty()
                && selector.path("matchExpressions").isEmpty();
    }

    private static LimitRangeFacts limitRange(JsonNode range) {
        List<LimitRangeFacts.Limit> limits = new ArrayList<>();
        range.path("spec")
                .path("limits")
                .forEach(limit -> limits.add(new LimitRangeFacts.Limit(
                        Parse.text(limit, "type"),
                        Parse.map(limit.path("max")),
                        Parse.map(limit.path("min")),
                        Parse.map(limit.path("default")),
                        Parse.map(limit.path("defaultRequest")),
                        Parse.map(limit.path("maxLimitRequestRatio")))));
        return new LimitRangeFacts(Parse.text(range.path("metadata"), "namespace"), Parse.name(range), limits);
    }

    /** Older and newer way to name the pods that it counts. */
    private static List<String> scopes(JsonNode quota) {
        List<String> scopes = new ArrayList<>(Parse.strings(quota.path("spec").path("scopes")));
        quota.path("spec").path("scopeSelector").path("matchExpressions").forEach(e -> {
            String scope = Parse.text(e, "scopeName");
            switch (Parse.text(e, "operator")) {
                case "DoesNotExist" -> scopes.add("not " + scope);
                case "NotIn" -> Parse.strings(e.path("values")).forEach(v -> scopes.add("not " + scope + " " + v));
                default -> scopes.add(scope);
            }
        });
        return scopes;
    }

    private static QuotaFacts quota(JsonNode quota) {
        Set<String> classes = new HashSet<>();
        quota.path("spec").path("scopeSelector").path("matchExpressions").forEach(e -> {
            if (Parse.text(e, "scopeName").equals("PriorityClass")
                    && Parse.text(e, "operator").equals("In")) {
                classes.addAll(Parse.strings(e.path("values")));
            }
        });
        return new QuotaFacts(
                Parse.text(quota.path("metadata"), "namespace"),
                Parse.name(quota),
                classes,
                Fact.of(Set.copyOf(scopes(quota))),
                Fact.of(Parse.map(quota.path("spec").path("hard"))),
                Fact.of(Parse.map(quota.path("status").path("used"))));
    }
}
