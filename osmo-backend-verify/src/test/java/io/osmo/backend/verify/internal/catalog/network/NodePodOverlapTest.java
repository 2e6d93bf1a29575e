// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodePodOverlapTest {
    private static Cluster good() {
        return Clusters.goodEks().eachNode(n -> n.podCidrs = List.of("192.168.7.0/24"));
    }

    @Test
    void an_address_that_is_no_ip_is_named_and_no_defect_of_the_check() {
        Cluster named = good().node("cpu-0", n -> n.ips = List.of("ip-10-0-3-4.ec2.internal"));
        Cluster range = good().node("cpu-1", n -> n.podCidrs = List.of("192.168.7.0/99"));
        Cluster bad = good().node("cpu-0", n -> n.ips = List.of("nowhere"))
                .node("cpu-1", n -> n.ips = List.of("192.168.7.9"));

        assertThat(status(named, "network.node-pod-overlap")).isEqualTo(Status.UNKNOWN);
        assertThat(finding(named, "network.node-pod-overlap").observed())
                .isEqualTo("'ip-10-0-3-4.ec2.internal' of cpu-0 is no IP address");
        assertThat(finding(named, "network.node-pod-overlap").resources()).containsExactly("node/cpu-0");
        assertThat(status(range, "network.node-pod-overlap")).isEqualTo(Status.UNKNOWN);
        assertThat(status(bad, "network.node-pod-overlap"))
                .as("what can be read is judged")
                .isEqualTo(Status.FAIL);
    }

    @Test
    void the_other_checks_of_addresses_say_so_too() {
        Cluster cluster = Clusters.goodEks().node("cpu-0", n -> n.ips = List.of("nowhere"));
        Cluster service = good();
        service.serviceCidr = Optional.of("somewhere");

        assertThat(finding(cluster, "network.policy-cidrs").observed())
                .isEqualTo("'nowhere' is no IP address or range");
        assertThat(finding(service, "control-plane.service-cidr-overlap").observed())
                .isEqualTo("'somewhere' is no range of IP addresses");
        assertThat(BackendVerifier.standard().verify(service.snapshot()).findings())
                .noneMatch(f -> f.observed().contains("defective"));
    }
}
