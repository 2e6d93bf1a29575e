// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.internal.values.Ranges;
import io.osmo.backend.verify.snapshot.ForeignPolicyFacts;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Block;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Rule;
import io.osmo.backend.verify.snapshot.TenancyFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Egress that network policies allow. A pod may reach whatever any of its policies allows. */
public final class Egress {
    private static final int MOST_NAMES = 3;

    private Egress() {}

    /**
     * The network policies by which Kubernetes decides about the egress of pods of these namespaces; unknown where policies of others
     * decide too, whose rules are not evaluated here.
     */
    public static Fact<List<NetworkPolicyFacts>> policies(TenancyFacts tenancy, Set<String> namespaces) {
        return tenancy.networkPolicies()
                .flatMap(own -> tenancy.foreignPolicies().flatMap(foreign -> {
                    for (ForeignPolicyFacts policy : foreign) {
                        if (policy.namespaces() instanceof Fact.Unknown<Set<String>> unread) {
                            return Fact.unknown(unread.reason(), unread.remedy());
                        }
                    }
                    List<String> deciding = foreign.stream()
                            .filter(p -> p.namespaces().known().orElse(Set.of()).stream()
                                    .anyMatch(namespaces::contains))
                            .map(ForeignPolicyFacts::toString)
                            .sorted()
                            .toList();
                    return deciding.isEmpty()
                            ? Fact.of(own)
                            : Fact.unknown(
                                    "this depends on policies that are not evaluated here: "
                                            + deciding.stream()
                                                    .limit(MOST_NAMES)
                                                    .collect(Collectors.joining(", "))
                                            + (deciding.size() > MOST_NAMES ? ", … (" + deciding.size() + ")" : ""),
                                    "Probes in the workflow namespace tell what pods reach: Probes.Builder.workflowNamespace().");
                }));
    }

    /** Policies on the egress of every pod of a namespace. Without any, all egress is allowed. */
    public static List<NetworkPolicyFacts> of(List<NetworkPolicyFacts> policies, String namespace) {
        return policies.stream()
                .filter(p -> p.namespace().equals(namespace) && p.everyPod() && p.egress())
                .toList();
    }

    /** Whether one of the policies allows traffic to an address. */
    public static boolean toAddress(List<NetworkPolicyFacts> policies, String address, String protocol, int port) {
        return rules(policies).stream()
                .filter(r -> r.port(protocol, port))
                .anyMatch(r -> r.anywhere() || r.blocks().stream().anyMatch(b -> covers(b, address)));
    }

    /** Whether one of the policies allows traffic to pods of another namespace that it selects by name. */
    public static boolean toNamespace(List<NetworkPolicyFacts> policies, String namespace, String protocol, int port) {
        return rules(policies).stream()
                .filter(r -> r.port(protocol, port))
                .anyMatch(r -> r.anywhere()
                        || r.peers().stream()
                                .anyMatch(p ->
                                        p.everyNamespace() || p.namespaceName().equals(namespace)));
    }

    private static List<Rule> rules(List<NetworkPolicyFacts> policies) {
        return policies.stream().flatMap(p -> p.rules().stream()).toList();
    }

    private static boolean covers(Block block, String address) {
        return Ranges.inside(List.of(block.cidr())).test(address)
                && !Ranges.inside(block.except()).test(address);
    }
}
