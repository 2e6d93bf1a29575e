// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Scale;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.Node;
import io.osmo.backend.verify.fixture.Pool;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComputeLabelTest {
    @Test
    void control_plane_nodes_are_not_compute_nodes() {
        Cluster kubeadm = Clusters.onPremises();
        Node server = new Node("server", 0, "", 4, 16);
        server.labels.remove("node-type");
        server.labels.remove("eks.amazonaws.com/nodegroup");
        server.labels.put("node-role.kubernetes.io/control-plane", "true");
        kubeadm.nodes.add(server);

        assertThat(status(kubeadm, "pool.compute.label")).isEqualTo(PASS);
    }

    @Test
    void a_pool_without_the_label_is_found_with_and_without_nodes() {
        Cluster byHand = Clusters.goodEks().pool("cpu", p -> p.labels.clear());
        Cluster empty = Clusters.goodEks().pool("gpu", p -> p.labels.clear());
        empty.nodes.removeIf(n -> n.name.startsWith("gpu"));
        Cluster system = Clusters.goodAks();
        Pool pool = new Pool("system", "", new Scale(2, 2, 2), 0, List.of());
        pool.labels.clear();
        pool.labels.put("kubernetes.azure.com/mode", "system");
        system.pools.add(pool);

        assertThat(status(byHand, "pool.compute.label")).isEqualTo(WARN);
        assertThat(finding(byHand, "pool.compute.label").resources()).containsExactly("pool/cpu");
        assertThat(status(empty, "pool.compute.label")).isEqualTo(WARN);
        assertThat(status(system, "pool.compute.label")).isEqualTo(PASS);
    }
}
