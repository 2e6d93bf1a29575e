// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.Node;
import io.osmo.backend.verify.snapshot.Expectations;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScopeTest {
    /** A node with everything wrong that a check of nodes may find, except what breaks OSMO itself. */
    private static Node foreign(Consumer<Node> kind) {
        Node node = new Node("cpu", 7, "", 2, 4);
        node.name = "foreign";
        node.labels.clear();
        node.labels.put("kubernetes.io/hostname", "other");
        node.providerId = "";
        node.runtime = "docker://19.3.1";
        node.osImage = "Ubuntu 16.04 LTS";
        node.kubelet = "v1.20.0";
        node.conditions.put("DiskPressure", "True");
        node.conditions.put("KernelDeadlock", "True");
        node.conditions.put("Ready", "False");
        node.allocatable.put("pods", "5");
        kind.accept(node);
        return node;
    }

    private static Taint taint(String key, String value) {
        return new Taint(key, value, Taint.Effect.NO_SCHEDULE);
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("Windows", (Consumer<Node>) n -> n.labels.put("kubernetes.io/os", "windows")),
                Arguments.of("Windows", (Consumer<Node>) n -> n.osImage = "Windows Server 2022 Datacenter"),
                Arguments.of(
                        "Fargate", (Consumer<Node>) n -> n.labels.put("eks.amazonaws.com/compute-type", "fargate")),
                Arguments.of("virtual kubelet", (Consumer<Node>) n -> n.labels.put("type", "virtual-kubelet")),
                Arguments.of("virtual kubelet", (Consumer<Node>)
                        n -> n.taints = List.of(taint("virtual-kubelet.io/provider", "azure"))),
                Arguments.of("reserved by the taint team=db:NoSchedule", (Consumer<Node>)
                        n -> n.taints = List.of(taint("team", "db"))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_node_that_osmo_never_uses_is_out_of_scope_and_named(String reason, Consumer<Node> kind) {
        Cluster cluster = Clusters.goodEks();
        cluster.nodes.add(foreign(kind));

        assertThat(BackendVerifier.standard().verify(cluster.snapshot()).findings())
                .filteredOn(f -> Set.of(FAIL, WARN, UNKNOWN).contains(f.status()))
                .isEmpty();
        Finding scope = finding(cluster, "node.scope");
        assertThat(scope.status()).isEqualTo(SKIPPED);
        assertThat(scope.observed())
                .isEqualTo("1 of 7 nodes are out of scope, because OSMO cannot use them: 1 " + reason);
        assertThat(scope.resources()).containsExactly("node/foreign");
    }

    @Test
    void a_compute_node_stays_in_scope_whatever_its_taint() {
        Cluster labeled = Clusters.goodEks().node("cpu-0", n -> n.taints = List.of(taint("team", "robots")));
        Cluster untold = Clusters.goodEks();
        untold.nodes.add(foreign(n -> n.taints = List.of(taint("team", "db"))));
        untold.expectations = Expectations.ofAnyBackend();

        assertThat(status(labeled, "node.scope")).isEqualTo(PASS);
        assertThat(status(untold, "node.scope"))
                .as("without a spec nothing says for whom a node is")
                .isEqualTo(PASS);
    }

    @Test
    void a_virtual_node_without_storage_still_breaks_osmos_list_of_resources() {
        Cluster cluster = Clusters.goodEks();
        cluster.nodes.add(foreign(n -> {
            n.labels.put("type", "virtual-kubelet");
            n.allocatable.remove("ephemeral-storage");
        }));

        assertThat(status(cluster, "node.allocatable-keys")).isEqualTo(FAIL);
    }
}
