// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Scale;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.Expectations;
import java.util.List;
import org.junit.jupiter.api.Test;

class VpcTest {
    @Test
    void addresses_are_needed_for_future_nodes_only() {
        Cluster full = Clusters.goodEks();
        full.pools.forEach(p -> p.scale = new Scale(0, p.scale.initial(), p.scale.initial()));
        full.freeAddresses = 0;
        full.expectations = Expectations.ofAnyBackend();
        Cluster growing = Clusters.goodEks();
        growing.freeAddresses = 12;

        assertThat(status(full, "network.vpc")).isEqualTo(PASS);
        // 1 more operator, 17 more for CPUs, 7 more for GPUs, from 24 addresses of both subnets.
        assertThat(finding(growing, "network.vpc").observed()).contains("24 free", "25 more nodes");
        assertThat(status(growing, "network.vpc")).isEqualTo(FAIL);
    }

    @Test
    void pods_need_addresses_unless_they_have_their_own_range() {
        Cluster vpcCni = Clusters.goodEks();
        vpcCni.freeAddresses = 100;
        Cluster overlay = Clusters.goodAks().eachNode(n -> n.podCidrs = List.of("10.244.7.0/24"));
        overlay.freeAddresses = 100;
        Cluster unread = Clusters.goodAks().blind("nodes");
        unread.freeAddresses = 100;

        assertThat(status(vpcCni, "network.vpc")).isEqualTo(WARN);
        assertThat(status(overlay, "network.vpc")).isEqualTo(PASS);
        assertThat(status(unread, "network.vpc")).isEqualTo(UNKNOWN);
    }

    @Test
    void each_node_may_need_a_part_of_a_pod_range() {
        Cluster gke = Clusters.goodGke();
        for (int i = 0; i < gke.nodes.size(); i++) {
            gke.nodes.get(i).podCidrs = List.of("10.4." + i + ".0/24");
        }
        gke.networkCidrs = List.of("10.0.0.0/22", "10.4.0.0/20", "10.9.0.0/16");
        Cluster wide = Clusters.goodGke();
        wide.nodes.forEach(n -> n.podCidrs = List.of("10.4.7.0/24"));
        wide.networkCidrs = List.of("10.0.0.0/22", "10.4.0.0/14");

        // 16 pieces, 6 of them taken, and 25 nodes more.
        assertThat(status(gke, "network.vpc")).isEqualTo(FAIL);
        assertThat(finding(gke, "network.vpc").observed())
                .isEqualTo("room for 10 more nodes in the pod ranges 10.4.0.0/20, but pools may add 25");
        assertThat(status(wide, "network.vpc")).isEqualTo(PASS);
    }
}
