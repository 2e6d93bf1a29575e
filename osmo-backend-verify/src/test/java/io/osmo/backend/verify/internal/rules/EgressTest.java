// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Block;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Peer;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Rule;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressTest {
    @Property
    void an_exception_blocks_exactly_its_range(@ForAll @IntRange(max = 255) int second) {
        List<NetworkPolicyFacts> policies =
                policies(new Rule(List.of(new Block("0.0.0.0/0", List.of("10.0.0.0/8"))), List.of(), List.of()));

        assertThat(Egress.toAddress(policies, "10." + second + ".0.1", "TCP", 443))
                .isFalse();
        assertThat(Egress.toAddress(policies, "11." + second + ".0.1", "TCP", 443))
                .isTrue();
    }

    @Property
    void another_policy_never_blocks_what_one_allows(@ForAll @IntRange(min = 1, max = 65535) int port) {
        List<NetworkPolicyFacts> open = policies(new Rule(List.of(), List.of(), List.of(String.valueOf(port))));
        List<NetworkPolicyFacts> both = List.of(open.get(0), policies().get(0));

        assertThat(Egress.toAddress(both, "203.0.113.1", "TCP", port)).isTrue();
        assertThat(Egress.toAddress(policies(), "203.0.113.1", "TCP", port)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"kube-system, false, true", "other, false, false", "'', true, true", "'', false, false"})
    void a_namespace_is_allowed_by_name_or_with_all(String name, boolean all, boolean reached) {
        assertThat(Egress.toNamespace(
                        policies(new Rule(List.of(), List.of(new Peer(name, all)), List.of("53"))),
                        "kube-system",
                        "UDP",
                        53))
                .isEqualTo(reached);
    }

    /** As a snapshot has them: with protocol, as a range, as a name, of all ports of a protocol, and without a protocol from older ones. */
    @ParameterizedTest
    @CsvSource({
        "UDP 53, UDP, 53, true",
        "TCP 53, UDP, 53, false",
        "TCP 1-65535, TCP, 443, true",
        "TCP 1-442, TCP, 443, false",
        "UDP dns, UDP, 53, true",
        "TCP https, TCP, 443, false",
        "UDP, UDP, 53, true",
        "UDP, TCP, 443, false",
        "53, UDP, 53, true",
        "TCP 99999999999, TCP, 443, false"
    })
    void a_port_counts_for_its_protocol_and_range(String port, String protocol, int number, boolean open) {
        assertThat(new Rule(List.of(), List.of(), List.of(port)).port(protocol, number))
                .isEqualTo(open);
    }

    @Test
    void only_egress_policies_on_all_pods_count() {
        assertThat(Egress.of(
                        List.of(
                                new NetworkPolicyFacts("ns", "some", false, true, List.of()),
                                new NetworkPolicyFacts("ns", "in", true, false, List.of()),
                                new NetworkPolicyFacts("elsewhere", "out", true, true, List.of()),
                                new NetworkPolicyFacts("ns", "out", true, true, List.of())),
                        "ns"))
                .extracting(NetworkPolicyFacts::name)
                .containsExactly("out");
    }

    private static List<NetworkPolicyFacts> policies(Rule... rules) {
        return List.of(new NetworkPolicyFacts("ns", "p", true, true, List.of(rules)));
    }
}
