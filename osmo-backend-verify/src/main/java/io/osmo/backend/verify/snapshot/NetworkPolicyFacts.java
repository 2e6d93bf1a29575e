// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.List;

/**
 * A network policy, as far as it concerns egress.
 *
 * @param everyPod whether it selects all pods of its namespace
 * @param egress whether it restricts egress
 * @param rules allowed egress; none when empty
 */
public record NetworkPolicyFacts(String namespace, String name, boolean everyPod, boolean egress, List<Rule> rules) {
    public NetworkPolicyFacts {
        rules = List.copyOf(rules);
    }

    /**
     * One rule for allowed egress.
     *
     * @param blocks address ranges that may be reached
     * @param peers selections of pods and namespaces that may be reached
     * @param ports ports of both protocols; empty means all
     */
    public record Rule(List<Block> blocks, List<Peer> peers, List<String> ports) {
        public Rule {
            blocks = List.copyOf(blocks);
            peers = List.copyOf(peers);
            ports = List.copyOf(ports);
        }

        /** Whether it allows every destination. */
        public boolean anywhere() {
            return blocks.isEmpty() && peers.isEmpty();
        }

        public boolean port(int number) {
            return ports.isEmpty() || ports.contains(String.valueOf(number));
        }
    }

    /**
     * @param namespaceName namespace that it selects by the label {@code kubernetes.io/metadata.name}; empty when it selects
     *     otherwise
     * @param everyNamespace whether it selects all namespaces
     */
    public record Peer(String namespaceName, boolean everyNamespace) {}

    /** @param except ranges inside {@code cidr} that may not be reached */
    public record Block(String cidr, List<String> except) {
        public Block {
            except = List.copyOf(except);
        }
    }

    @Override
    public String toString() {
        return "networkpolicy/" + namespace + "/" + name;
    }
}
