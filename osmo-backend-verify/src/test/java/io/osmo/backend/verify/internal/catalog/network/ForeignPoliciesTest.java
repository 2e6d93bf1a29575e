// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.ForeignPolicyFacts;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where policies of Cilium, Calico and others decide too, network policies alone prove nothing. */
class ForeignPoliciesTest {
    private static Cluster with(String name, Fact<Set<String>> namespaces) {
        Cluster cluster = Clusters.goodEks();
        cluster.foreignPolicies.add(
                new ForeignPolicyFacts("ciliumnetworkpolicies.cilium.io", "osmo-workflows", name, namespaces));
        return cluster;
    }

    @ParameterizedTest
    @ValueSource(strings = {"network.policy-dns", "network.policy-cidrs", "network.default-deny"})
    void a_policy_on_workflows_leaves_egress_unknown_and_is_named(String check) {
        Cluster cluster = with("egress", Fact.of(Set.of("osmo-workflows")));

        assertThat(status(Clusters.goodEks(), check)).isEqualTo(Status.PASS);
        assertThat(finding(cluster, check).status()).isEqualTo(Status.UNKNOWN);
        assertThat(finding(cluster, check).observed())
                .isEqualTo(
                        "this depends on policies that are not evaluated here: ciliumnetworkpolicies.cilium.io/osmo-workflows/egress");
    }

    @Test
    void without_a_network_policy_of_kubernetes_they_still_decide() {
        Cluster cluster = with("egress", Fact.of(Set.of("osmo-workflows")));
        cluster.networkPolicies.clear();

        assertThat(status(cluster, "network.policy-dns")).isEqualTo(Status.UNKNOWN);
        assertThat(status(cluster, "network.default-deny")).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void a_policy_on_the_operator_leaves_only_its_own_egress_unknown() {
        Cluster cluster = with("egress", Fact.of(Set.of("osmo-operator")));

        assertThat(status(cluster, "network.default-deny")).isEqualTo(Status.UNKNOWN);
        assertThat(status(cluster, "network.policy-dns")).isEqualTo(Status.PASS);
    }

    @Test
    void unread_policies_leave_egress_unknown() {
        assertThat(finding(Clusters.goodEks().blind("foreignPolicies"), "network.policy-dns")
                        .observed())
                .isEqualTo("403 on foreignPolicies");
        assertThat(status(with("all", Fact.unknown("403 on namespaces")), "network.default-deny"))
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void of_many_policies_three_are_named() {
        Cluster cluster = Clusters.goodEks();
        for (int i = 0; i < 5; i++) {
            cluster.foreignPolicies.add(new ForeignPolicyFacts(
                    "globalnetworkpolicies.crd.projectcalico.org", "", "p" + i, Fact.of(Set.of("osmo-workflows"))));
        }

        assertThat(finding(cluster, "network.policy-dns").observed()).endsWith("calico.org/p2, … (5)");
    }
}
