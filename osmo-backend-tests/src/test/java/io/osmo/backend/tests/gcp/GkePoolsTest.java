// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.container.v1.CreateClusterRequest;
import com.google.container.v1.CreateNodePoolRequest;
import com.google.container.v1.GPUDriverInstallationConfig.GPUDriverVersion;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodeTaint;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.GpuDriver;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, machines and drivers of GKE pools. */
class GkePoolsTest {
    @Test
    void one_to_three_nodes_are_one_to_three_over_all_zones() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec spec = spec(s -> s.changePool("cpu", p -> p.scale(1, 3)));

            gke.applied(spec);

            NodePoolAutoscaling cpu = gke.pool("cpu").getAutoscaling();
            assertThat(gke.pool("cpu").getLocationsList()).hasSize(3);
            assertThat(cpu.getTotalMinNodeCount()).isEqualTo(1);
            assertThat(cpu.getTotalMaxNodeCount()).isEqualTo(3);
            assertThat(cpu.getMinNodeCount() + cpu.getMaxNodeCount()).isZero();
            assertThat(gke.gcp().cluster(GkeBackend.REGION, GkeBackend.NAME).nodes())
                    .filteredOn(node -> node.machine().type().equals("n2-standard-8"))
                    .hasSizeBetween(1, 3);
        }
    }

    /** GKE counts first nodes by zone, and its autoscaler does not raise a pool to its minimum. */
    @ParameterizedTest
    @CsvSource({"1, 2, 2", "2, 2, 2", "4, 5, 4", "5, 5, 5", "3, 9, 3"})
    void a_new_pool_has_its_minimum_and_no_more_than_its_maximum(int min, int max, int nodes) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(min, max))));

            assertThat(cpuNodes(gke)).isEqualTo(nodes);
        }
    }

    @Test
    void an_existing_pool_gets_a_higher_minimum_at_once() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(0, 6))));
            assertThat(cpuNodes(gke)).isZero();

            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(2, 6))));
            assertThat(cpuNodes(gke)).isBetween(2L, 6L);

            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(4, 4))));
            assertThat(gke.osmo
                            .plan(spec(s -> s.changePool("cpu", p -> p.scale(4, 4))))
                            .warnings())
                    .anySatisfy(w -> assertThat(w).contains("pool cpu has 3 nodes and a minimum of 4"));
        }
    }

    /** Nobody may be allowed to read instance groups: then sizes are not compared. */
    @Test
    void sizes_that_cannot_be_read_are_not_compared() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp()
                    .faults()
                    .onCall("compute.instanceGroupManagers.aggregatedList")
                    .deny();

            gke.applied(spec());
        }
    }

    private static long cpuNodes(GkeBackend gke) {
        return gke.gcp().cluster(GkeBackend.REGION, GkeBackend.NAME).nodes().stream()
                .filter(node -> node.machine().type().equals("n2-standard-8"))
                .count();
    }

    @Test
    void the_machine_type_of_the_osmo_guide_becomes_a_machine_with_an_accelerator() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec spec = spec(s -> s.gpuPool(
                    "t4", p -> p.instanceType("n1-standard-4-nvidia-t4").scale(0, 4)));
            Plan plan = gke.osmo.plan(spec);
            assertThat(plan.warnings())
                    .anySatisfy(w -> assertThat(w)
                            .contains("n1-standard-4-nvidia-t4 is not a machine type of Google Cloud")
                            .contains("n1-standard-4 with nvidia-tesla-t4"));

            gke.applied(spec);

            NodeConfig config = gke.pool("t4").getConfig();
            assertThat(config.getMachineType()).isEqualTo("n1-standard-4");
            assertThat(config.getAcceleratorsList()).singleElement().satisfies(gpu -> {
                assertThat(gpu.getAcceleratorType()).isEqualTo("nvidia-tesla-t4");
                assertThat(gpu.getAcceleratorCount()).isEqualTo(1);
            });
        }
    }

    @Test
    void several_accelerators_can_be_put_on_one_machine() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec spec = spec(s -> s.gpuPool(
                    "t4", p -> p.instanceType("n1-standard-8+2xnvidia-tesla-t4").scale(0, 4)));
            assertThat(gke.osmo.plan(spec).warnings()).noneMatch(w -> w.contains("is not a machine type"));

            gke.applied(spec);

            NodeConfig config = gke.pool("t4").getConfig();
            assertThat(config.getMachineType()).isEqualTo("n1-standard-8");
            assertThat(config.getAcceleratorsList()).singleElement().satisfies(gpu -> {
                assertThat(gpu.getAcceleratorType()).isEqualTo("nvidia-tesla-t4");
                assertThat(gpu.getAcceleratorCount()).isEqualTo(2);
            });
        }
    }

    @Test
    void cpu_pools_come_first_and_gpu_nodes_are_tainted_by_us() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec spec = BackendSpec.builder(GkeBackend.NAME)
                    .on("gcp", GkeBackend.REGION)
                    .gpuPool("a-gpu", p -> p.instanceType("g2-standard-4").scale(1, 2))
                    .computePool("z-cpu", p -> p.instanceType("n2-standard-8").scale(1, 2))
                    .build();

            gke.applied(spec);

            List<NodePool> made = Stream.concat(
                            gke.requests("container.CreateCluster", CreateClusterRequest.class).stream()
                                    .flatMap(r -> r.getCluster().getNodePoolsList().stream()),
                            gke.requests("container.CreateNodePool", CreateNodePoolRequest.class).stream()
                                    .map(CreateNodePoolRequest::getNodePool))
                    .toList();
            assertThat(made).extracting(NodePool::getName).endsWith("a-gpu").hasSize(3);
            assertThat(made.get(2).getConfig().getTaintsList())
                    .contains(NodeTaint.newBuilder()
                            .setKey("nvidia.com/gpu")
                            .setValue("present")
                            .setEffect(NodeTaint.Effect.NO_SCHEDULE)
                            .build());
            assertThat(gke.gcp().cluster(GkeBackend.REGION, GkeBackend.NAME).nodes())
                    .filteredOn(node -> node.machine().type().equals("g2-standard-4"))
                    .isNotEmpty()
                    .allSatisfy(node -> assertThat(gke.gcp()
                                    .cluster(GkeBackend.REGION, GkeBackend.NAME)
                                    .json("Node", "", node.name()))
                            .containsOnlyOnce("\"nvidia.com/gpu\",\"value\":\"present\""));
        }
    }

    @Test
    void a_spec_of_gpu_pools_alone_is_refused() {
        try (GkeBackend gke = new GkeBackend()) {
            assertThatThrownBy(() -> gke.osmo.plan(BackendSpec.builder(GkeBackend.NAME)
                            .on("gcp", GkeBackend.REGION)
                            .profile(Profile.DEVELOPMENT)
                            .gpuPool(
                                    "l4",
                                    p -> p.instanceType("g2-standard-4")
                                            .scale(1, 2)
                                            .tainted(false))
                            .build()))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("GPU pools only");
        }
    }

    @Test
    void the_newest_machines_boot_from_hyperdisk() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(
                    s -> s.gpuPool("h200", p -> p.instanceType("a3-ultragpu-8g").scale(0, 1))));

            assertThat(gke.pool("h200").getConfig().getDiskType()).isEqualTo("hyperdisk-balanced");
            assertThat(gke.pool("cpu").getConfig().getDiskType()).isEqualTo("pd-balanced");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_driver_has_one_owner(boolean operator) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.gpuPool(
                            "l4", p -> p.instanceType("g2-standard-4").scale(0, 2))
                    .settings(GkeSettings.builder()
                            .gpuDriver(operator ? GpuDriver.GPU_OPERATOR : GpuDriver.GKE_LATEST)
                            .build())));

            NodeConfig config = gke.pool("l4").getConfig();
            assertThat(config.getAccelerators(0)
                            .getGpuDriverInstallationConfig()
                            .getGpuDriverVersion())
                    .isEqualTo(operator ? GPUDriverVersion.INSTALLATION_DISABLED : GPUDriverVersion.LATEST);
            assertThat(config.getLabelsMap().containsKey("gke-no-default-nvidia-gpu-device-plugin"))
                    .isEqualTo(operator);
        }
    }
}
