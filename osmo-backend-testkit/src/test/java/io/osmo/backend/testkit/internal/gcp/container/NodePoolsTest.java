// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.container.v1.*;
import com.google.container.v1.GPUDriverInstallationConfig.GPUDriverVersion;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.internal.gcp.GcpTest;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NodePoolsTest extends GcpTest {
    private static NodePool.Builder gpu(String name, GPUDriverVersion driver) {
        NodePool.Builder pool = pool(name, "n1-standard-4").setInitialNodeCount(0);
        pool.addLocations(REGION + "-a").setInitialNodeCount(1);
        pool.getConfigBuilder()
                .addAccelerators(AcceleratorConfig.newBuilder()
                        .setAcceleratorType("nvidia-tesla-t4")
                        .setAcceleratorCount(1)
                        .setGpuDriverInstallationConfig(
                                GPUDriverInstallationConfig.newBuilder().setGpuDriverVersion(driver)));
        return pool;
    }

    @Test
    void gke_taints_and_advertises_gpus_unless_it_does_not_install_the_driver() {
        cluster(pool("cpu", "n2-standard-4"));
        create(gpu("own", GPUDriverVersion.INSTALLATION_DISABLED));
        create(gpu("gke", GPUDriverVersion.GPU_DRIVER_VERSION_UNSPECIFIED));

        assertThat(nodePool("own").getConfig().getTaintsList())
                .extracting(NodeTaint::getKey)
                .contains("nvidia.com/gpu");
        assertThat(nodePool("gke")
                        .getConfig()
                        .getAccelerators(0)
                        .getGpuDriverInstallationConfig()
                        .getGpuDriverVersion())
                .isEqualTo(GPUDriverVersion.DEFAULT);
        var kubernetes = gcp.cluster(REGION, "c");
        var gpuNodes =
                kubernetes.nodes().stream().filter(n -> n.machine().gpus() > 0).toList();
        assertThat(gpuNodes).hasSize(2);
        assertThat(kubernetes.json("Node", "", gpuNodes.get(0).name())).doesNotContain("\"nvidia.com/gpu\":\"1\"");
        assertThat(kubernetes.json("Node", "", gpuNodes.get(1).name())).contains("\"nvidia.com/gpu\":\"1\"");
    }

    @Test
    void a_cluster_with_gpus_only_gets_no_taint() {
        cluster(gpu("gpu", GPUDriverVersion.LATEST));

        assertThat(nodePool("gpu").getConfig().getTaintsList()).isEmpty();
    }

    @Test
    void accelerators_must_fit_machine_and_zone() {
        cluster(pool("cpu", "n2-standard-4"));
        NodePool.Builder onE2 = gpu("g", GPUDriverVersion.LATEST);
        onE2.getConfigBuilder().setMachineType("e2-standard-4");
        refused("is not supported with machine type", () -> create(onE2));
        NodePool.Builder three = gpu("g", GPUDriverVersion.LATEST);
        three.getConfigBuilder().getAcceleratorsBuilder(0).setAcceleratorCount(3);
        refused("is not allowed", () -> create(three));
        refused("does not exist in zone", () -> create(pool("a3", "a3-megagpu-8g")));
        NodePool.Builder disk = pool("b", "a3-ultragpu-8g").addLocations(REGION + "-b");
        disk.getConfigBuilder().setDiskType("pd-ssd");
        refused("Disk type", () -> create(disk));
    }

    @Test
    void autoscaling_limits_are_total_or_per_zone() {
        cluster(pool("cpu", "n2-standard-4"));
        refused(
                "cannot both be specified",
                () -> create(pool("x", "n2-standard-4")
                        .setAutoscaling(NodePoolAutoscaling.newBuilder()
                                .setEnabled(true)
                                .setMaxNodeCount(1)
                                .setTotalMaxNodeCount(3))));
        refused(
                "above the maximum",
                () -> create(pool("x", "n2-standard-4")
                        .setAutoscaling(NodePoolAutoscaling.newBuilder()
                                .setEnabled(true)
                                .setTotalMaxNodeCount(2))));
        create(pool("x", "n2-standard-4")
                .setInitialNodeCount(0)
                .setAutoscaling(NodePoolAutoscaling.newBuilder()
                        .setEnabled(true)
                        .setTotalMinNodeCount(1)
                        .setTotalMaxNodeCount(3)));

        // The autoscaler waits until a pod needs a node.
        assertThat(gcp.cluster(REGION, "c").nodes()).hasSize(3);
        var bounds = clients.clusters()
                .setNodePoolAutoscaling(SetNodePoolAutoscalingRequest.newBuilder()
                        .setName(CLUSTER + "/nodePools/x")
                        .setAutoscaling(NodePoolAutoscaling.newBuilder()
                                .setEnabled(true)
                                .setTotalMinNodeCount(2)
                                .setTotalMaxNodeCount(5))
                        .build());
        time.advance(Duration.ofMinutes(2));
        assertThat(gcp.cluster(REGION, "c").nodes()).hasSize(3);
        var size = clients.clusters()
                .setNodePoolSize(SetNodePoolSizeRequest.newBuilder()
                        .setName(CLUSTER + "/nodePools/x")
                        .setNodeCount(1)
                        .build());
        time.advance(Duration.ofMinutes(2));
        assertThat(gcp.cluster(REGION, "c").nodes()).hasSize(6);
    }

    @Test
    void a_node_that_pods_hold_is_left_alone_until_they_go() {
        cluster(pool("cpu", "n2-standard-4"));
        var work = gcp.cluster(REGION, "c")
                .workload("held")
                .replicas(3)
                .minAvailable("100%")
                .start();
        var resized = clients.clusters()
                .setNodePoolSize(SetNodePoolSizeRequest.newBuilder()
                        .setName(CLUSTER + "/nodePools/cpu")
                        .setNodeCount(0)
                        .build());
        time.advance(Duration.ofMinutes(15));
        List<String> held = nodes();
        time.advance(Duration.ofDays(2));

        assertThat(resized.getOperationType()).isEqualTo(Operation.Type.SET_NODE_POOL_SIZE);
        assertThat(nodes()).isEqualTo(held).isNotEmpty();

        work.replicas(0).start();
        time.advance(Duration.ofMinutes(6));
        assertThat(nodes()).isEmpty();
    }

    /** Each with the version that every write changes. */
    private List<String> nodes() {
        EmulatedCluster kubernetes = gcp.cluster(REGION, "c");
        return kubernetes.nodes().stream()
                .map(node -> kubernetes.json("Node", "", node.name()))
                .toList();
    }

    @Test
    void a_stocked_out_pool_shows_an_error_until_machines_are_available() {
        cluster(pool("cpu", "n2-standard-4"));
        gcp.faults().stockOut("n1-standard-4", REGION + "-a");
        Operation operation = clients.clusters()
                .createNodePool(CLUSTER, gpu("gpu", GPUDriverVersion.LATEST).build());
        time.advance(Duration.ofMinutes(3));

        Operation done = clients.clusters().getOperation(PARENT + "/operations/" + operation.getName());
        assertThat(done.getStatus()).isEqualTo(Operation.Status.DONE);
        assertThat(done.getError().getMessage()).contains("GCE_STOCKOUT");
        assertThat(nodePool("gpu").getStatus()).isEqualTo(NodePool.Status.RUNNING_WITH_ERROR);
        assertThat(nodePool("gpu").getConditions(0).getCode()).isEqualTo(StatusCondition.Code.GCE_STOCKOUT);
        assertThat(status()).isEqualTo(Cluster.Status.RUNNING);

        gcp.faults().restock("n1-standard-4", REGION + "-a");
        time.advance(Duration.ofMinutes(6));
        assertThat(nodePool("gpu").getStatus()).isEqualTo(NodePool.Status.RUNNING);
        assertThat(gcp.cluster(REGION, "c").nodes()).hasSize(4);
    }

    @Test
    void pools_beyond_the_quota_of_a_region_are_refused() {
        reopen(b -> b.quota("NVIDIA_T4_GPUS", 0));
        cluster(pool("cpu", "n2-standard-4"));

        assertThatThrownBy(() -> create(gpu("gpu", GPUDriverVersion.LATEST)))
                .isInstanceOf(PermissionDeniedException.class)
                .hasMessageContaining("Insufficient regional quota")
                .hasMessageContaining("NVIDIA_T4_GPUS");
    }

    @Test
    void changes_to_a_pool_reach_its_nodes() {
        cluster(pool("cpu", "n2-standard-4"));
        NodePool pool = nodePool("cpu");
        var unused = clients.clusters()
                .updateNodePool(UpdateNodePoolRequest.newBuilder()
                        .setName(CLUSTER + "/nodePools/cpu")
                        .setNodeVersion(pool.getVersion())
                        .setImageType(pool.getConfig().getImageType())
                        .setLabels(NodeLabels.newBuilder().putLabels("node-type", "compute"))
                        .setTaints(NodeTaints.newBuilder()
                                .addTaints(NodeTaint.newBuilder()
                                        .setKey("pool")
                                        .setValue("cpu")
                                        .setEffect(NodeTaint.Effect.NO_SCHEDULE)))
                        .build());
        time.advance(Duration.ofMinutes(1));
        var kubernetes = gcp.cluster(REGION, "c");
        assertThat(kubernetes.json("Node", "", kubernetes.nodes().get(0).name()))
                .contains("\"node-type\":\"compute\"", "NoSchedule");

        Cluster cluster = clients.clusters().getCluster(CLUSTER);
        ThrowingCallable stale = () -> clients.clusters()
                .setLabels(SetLabelsRequest.newBuilder()
                        .setName(CLUSTER)
                        .setLabelFingerprint("stale")
                        .putResourceLabels("team", "x")
                        .build());
        refused("fingerprint", stale);
        var labeled = clients.clusters()
                .setLabels(SetLabelsRequest.newBuilder()
                        .setName(CLUSTER)
                        .setLabelFingerprint(cluster.getLabelFingerprint())
                        .putResourceLabels("team", "x")
                        .build());
        time.advance(Duration.ofMinutes(1));
        assertThat(clients.clusters().getCluster(CLUSTER).getResourceLabelsMap())
                .containsEntry("team", "x");
        assertThat(labeled.getName()).startsWith("operation-");
        var resized = clients.clusters()
                .setNodePoolSize(SetNodePoolSizeRequest.newBuilder()
                        .setName(CLUSTER + "/nodePools/cpu")
                        .setNodeCount(2)
                        .build());
        time.advance(Duration.ofMinutes(2));
        assertThat(resized.getOperationType()).isEqualTo(Operation.Type.SET_NODE_POOL_SIZE);
        assertThat(gcp.cluster(REGION, "c").nodes()).hasSize(6);
    }

    @Test
    void the_creation_of_a_pool_can_be_cancelled() {
        cluster(pool("cpu", "n2-standard-4"));
        Operation operation = clients.clusters()
                .createNodePool(CLUSTER, pool("more", "n2-standard-4").build());
        String name = PARENT + "/operations/" + operation.getName();
        clients.clusters().cancelOperation(name);
        assertThat(clients.clusters().getOperation(name).getStatus()).isEqualTo(Operation.Status.ABORTING);
        time.advance(Duration.ofMinutes(3));

        assertThat(clients.clusters().getOperation(name).getError().getMessage())
                .contains("aborted");
        assertThatThrownBy(() -> nodePool("more")).isInstanceOf(NotFoundException.class);
        assertThat(status()).isEqualTo(Cluster.Status.RUNNING);
        assertThatThrownBy(() -> clients.clusters().cancelOperation(name))
                .isInstanceOf(FailedPreconditionException.class);
    }
}
