// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
     * @param ports such as {@code TCP 443}, {@code TCP 1-65535}, {@code UDP dns} (a name that pods give a port) and {@code UDP} (all of
     *     them), or in older snapshots {@code 443} for every protocol; empty means all
     */
    public record Rule(List<Block> blocks, List<Peer> peers, List<String> ports) {
        private static final int DNS = 53;

        /** Names of the port in the pods of CoreDNS and kube-dns. */
        private static final Set<String> DNS_NAMES = Set.of("dns", "dns-tcp");

        private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

        public Rule {
            blocks = List.copyOf(blocks);
            peers = List.copyOf(peers);
            ports = List.copyOf(ports);
        }

        /** Whether it allows every destination. */
        public boolean anywhere() {
            return blocks.isEmpty() && peers.isEmpty();
        }

        /** @param protocol such as {@code UDP} */
        public boolean port(String protocol, int number) {
            return ports.isEmpty() || ports.stream().anyMatch(port -> allows(port, protocol, number));
        }

        private static boolean allows(String port, String protocol, int number) {
            int space = port.indexOf(' ');
            if (space < 0) {
                return port.equals(protocol) || port.equals(String.valueOf(number));
            }
            String numbers = port.substring(space + 1);
            return port.substring(0, space).equals(protocol)
                    && (number == DNS && DNS_NAMES.contains(numbers) || within(numbers, number));
        }

        private static boolean within(String numbers, int number) {
            Matcher range = RANGE.matcher(numbers);
            if (!range.matches()) {
                return false;
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            return first <= number && number <= last;
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
