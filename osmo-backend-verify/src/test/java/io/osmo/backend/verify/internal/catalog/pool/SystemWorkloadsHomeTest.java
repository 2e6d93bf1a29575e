// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import org.junit.jupiter.api.Test;

class SystemWorkloadsHomeTest {
    @Test
    void a_system_pod_that_only_taints_keep_away_fails() {
        Cluster homeless = pending("0/6 nodes are available: 2 node(s) had untolerated taint {ops: true}, 4 node(s) had"
                + " untolerated taint {nvidia.com/gpu: present}. preemption: 0/6 nodes are available: 6 Preemption is not"
                + " helpful for scheduling.");
        Cluster older =
                pending("0/6 nodes are available: 6 node(s) had taint {ops: true}, that the pod didn't tolerate.");
        Cluster waiting =
                pending("0/6 nodes are available: 2 node(s) had untolerated taint {ops: true}, 4 Insufficient cpu.");
        Cluster second = pending("0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.");

        assertThat(status(homeless, "pool.system-workloads-home")).isEqualTo(FAIL);
        assertThat(status(older, "pool.system-workloads-home")).isEqualTo(FAIL);
        assertThat(status(waiting, "pool.system-workloads-home")).isEqualTo(WARN);
        assertThat(status(second, "pool.system-workloads-home")).isEqualTo(WARN);
        assertThat(finding(second, "pool.system-workloads-home").next())
                .startsWith("kubectl -n kube-system describe pod coredns-3");
    }

    private static Cluster pending(String message) {
        Cluster c = Clusters.goodEks();
        c.pods.add(KubeObjects.pod("kube-system", "coredns-3", "", "Pending", "ReplicaSet", 100, message));
        return c;
    }
}
