// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import io.osmo.backend.verify.internal.values.Ranges;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Block;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Rule;
import java.util.List;

/** Egress that network policies allow. A pod may reach whatever any of its policies allows. */
public final class Egress {
    private Egress() {}

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
