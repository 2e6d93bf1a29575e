// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.REGION;
import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.SupportType;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.fault.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

/** EKS upgrades one minor version at a time, the control plane before the nodes. */
class EksUpgradeTest {
    private static BackendSpec at(String version) {
        return spec(s -> s.kubernetesVersion(version)
                .settings(
                        EksSettings.builder().supportType(SupportType.EXTENDED).build()));
    }

    private static List<String> upgrades(EksBackend backend) {
        return backend.aws().calls().stream()
                .map(Call::operation)
                .filter(o -> o.equals("eks:UpdateClusterVersion") || o.equals("eks:UpdateNodegroupVersion"))
                .toList();
    }

    private static List<String> versions(EksBackend backend) {
        return backend.aws().inventory().stream()
                .filter(line -> line.startsWith("cluster ") || line.startsWith("node-group "))
                .map(line -> line.split(" ")[1] + " " + line.split(" ")[2])
                .toList();
    }

    private static String image(EksBackend backend) {
        return backend.aws().cluster(REGION, EksBackend.NAME).json("Deployment", "kube-system", "cluster-autoscaler");
    }

    @Test
    void one_minor_version_with_the_nodes_following() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.34"));
            assertThat(image(backend)).contains("registry.k8s.io/autoscaling/cluster-autoscaler:v1.34.");

            backend.applied(at("1.35"));

            assertThat(versions(backend)).containsExactly("train-west 1.35", "cpu 1.35", "operator 1.35");
            assertThat(upgrades(backend).get(0)).isEqualTo("eks:UpdateClusterVersion");
            assertThat(upgrades(backend)).hasSize(3);
            assertThat(image(backend)).contains("registry.k8s.io/autoscaling/cluster-autoscaler:v1.35.");
        }
    }

    @Test
    void two_minor_versions_in_one_plan_step_by_step() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.33"));

            backend.applied(at("1.35"));

            assertThat(versions(backend)).containsExactly("train-west 1.35", "cpu 1.35", "operator 1.35");
            assertThat(upgrades(backend))
                    .containsExactly(
                            "eks:UpdateClusterVersion",
                            "eks:UpdateNodegroupVersion",
                            "eks:UpdateNodegroupVersion",
                            "eks:UpdateClusterVersion",
                            "eks:UpdateNodegroupVersion",
                            "eks:UpdateNodegroupVersion");
        }
    }

    @Test
    void an_upgrade_that_was_cut_off_goes_on() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.33"));
            backend.aws().faults().onCall("eks:UpdateNodegroupVersion").nth(2).crashBefore();
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(at("1.35"))))
                    .isInstanceOf(io.osmo.backend.spi.VirtualTime.SimulatedCrash.class);
            backend.aws().faults().clear();

            try (var next = backend.clouds.open()) {
                next.apply(next.plan(at("1.35")));
                assertThat(next.plan(at("1.35")).changes()).isEmpty();
            }

            assertThat(versions(backend)).containsExactly("train-west 1.35", "cpu 1.35", "operator 1.35");
        }
    }

    @Test
    void no_way_back() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.35"));

            assertThatThrownBy(() -> backend.osmo.plan(at("1.34")))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("1.35 -> 1.34");
        }
    }
}
