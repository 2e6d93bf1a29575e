// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Scale;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.Pool;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComputeExistsTest {
    @Test
    void system_pools_are_not_compute_pools() {
        Cluster aks = Clusters.goodAks();
        Pool system = new Pool("system", "", new Scale(2, 2, 2), 0, List.of());
        system.labels.clear();
        system.specPool = "";
        aks.pools.add(system);
        Cluster nothingElse = Clusters.goodAks();
        nothingElse.nodes.removeIf(n -> !n.name.startsWith("operator"));
        nothingElse.pools.removeIf(p -> !p.name.equals("operator"));
        nothingElse.pools.add(system);

        assertThat(status(aks, "pool.compute.autoscaling")).isEqualTo(PASS);
        assertThat(status(nothingElse, "pool.compute.exists")).isEqualTo(FAIL);
    }

    @Test
    void compute_nodes_that_run_windows_are_none() {
        Cluster windows = Clusters.goodEks();
        windows.nodes.stream()
                .filter(n -> !n.name.startsWith("operator"))
                .forEach(n -> n.labels.put("kubernetes.io/os", "windows"));
        Cluster oneLinux = Clusters.goodEks();
        oneLinux.nodes.stream()
                .filter(n -> !n.name.startsWith("operator") && !n.name.equals("cpu-0"))
                .forEach(n -> n.labels.put("kubernetes.io/os", "windows"));
        Cluster bare = Clusters.goodEks();
        bare.blind("cloud");
        bare.vantages = EnumSet.of(Vantage.KUBERNETES);
        bare.nodes.forEach(n -> n.labels.put("kubernetes.io/os", "windows"));

        assertThat(status(windows, "pool.compute.exists")).isEqualTo(FAIL);
        assertThat(finding(windows, "pool.compute.exists").observed())
                .isEqualTo("no compute node that OSMO can use: Windows");
        assertThat(finding(windows, "pool.compute.exists").resources())
                .containsExactly("node/cpu-0", "node/cpu-1", "node/cpu-2", "node/gpu-0");
        assertThat(status(oneLinux, "pool.compute.exists")).isEqualTo(PASS);
        assertThat(status(bare, "pool.compute.exists")).isNotEqualTo(PASS);
    }

    @Test
    void a_kubeconfig_does_not_show_empty_pools() {
        Cluster idle = Clusters.goodEks();
        idle.vantages = EnumSet.of(Vantage.KUBERNETES);
        idle.blind("cloud");
        idle.nodes.removeIf(n -> !n.name.startsWith("operator"));
        Cluster onPremises = Clusters.onPremises();
        onPremises.nodes.removeIf(n -> !n.name.startsWith("operator"));

        assertThat(status(idle, "pool.compute.exists")).isEqualTo(UNKNOWN);
        assertThat(status(onPremises, "pool.compute.exists")).isEqualTo(FAIL);
    }

    @Test
    void a_missing_pool_of_the_spec_is_found_among_others() {
        Cluster lacking = Clusters.goodEks();
        lacking.nodes.removeIf(n -> n.name.startsWith("cpu"));
        lacking.pools.removeIf(p -> p.name.equals("cpu"));
        Cluster notOurs = Clusters.goodEks();
        notOurs.pools.forEach(p -> p.specPool = "");

        assertThat(status(lacking, "pool.compute.exists")).isEqualTo(FAIL);
        assertThat(finding(lacking, "pool.compute.exists").observed()).contains("no pool for cpu of the spec");
        assertThat(finding(lacking, "pool.compute.exists").resources()).containsExactly("pool/cpu");
        assertThat(status(notOurs, "pool.compute.exists"))
                .as("pools that say nothing of a spec")
                .isEqualTo(PASS);
    }
}
