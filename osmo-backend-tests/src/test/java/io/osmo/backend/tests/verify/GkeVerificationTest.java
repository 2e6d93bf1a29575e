// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static io.osmo.backend.tests.verify.AppliedBackend.ids;
import static io.osmo.backend.tests.verify.AppliedBackend.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.compute.v1.DeleteRouterRequest;
import com.google.cloud.kms.v1.CryptoKeyName;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.container.v1.AddonsConfig;
import com.google.container.v1.ClusterUpdate;
import com.google.container.v1.ControlPlaneEndpointsConfig;
import com.google.container.v1.ControlPlaneEndpointsConfig.IPEndpointsConfig;
import com.google.container.v1.GkeBackupAgentConfig;
import com.google.container.v1.MasterAuthorizedNetworksConfig;
import com.google.container.v1.MasterAuthorizedNetworksConfig.CidrBlock;
import com.google.container.v1.NodeLabels;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodeTaints;
import com.google.container.v1.SetNodePoolAutoscalingRequest;
import com.google.container.v1.UpdateNodePoolRequest;
import com.google.protobuf.FieldMask;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.GpuDriver;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Report;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A backend on GKE that was applied passes its verification, and each defect is found by the checks that should find it. */
class GkeVerificationTest extends VerificationContract<GkeVerificationTest.World> {
    private static final String REGION = "us-central1";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** With GPU nodes up: their plugin is the GPU Operator's, which is installed after the backend. */
    private static final Map<String, Status> WAITING = Map.of("gpu.gke-plugin-disabled", Status.WARN);

    @Override
    World applied(BackendSpec spec) {
        return new World(spec);
    }

    @Override
    BackendSpec spec() {
        return backend("gcp", REGION)
                .computePool("cpu", p -> p.instanceType("n2-standard-8").scale(1, 20))
                .gpuPool("h100", p -> p.instanceType("a3-highgpu-8g").scale(0, 8))
                .gpuPool("t4", p -> p.instanceType("n1-standard-4-nvidia-t4").scale(2, 4))
                .build();
    }

    @Override
    String service() {
        return "GKE";
    }

    @Override
    String readKey() {
        return "cloudkms.GetCryptoKey";
    }

    @Override
    String denial() {
        return "Required permission";
    }

    @Override
    String defaultStorageClass() {
        return "osmo-balanced";
    }

    @Override
    Map<String, Status> always() {
        return WAITING;
    }

    /** A backend on emulated Google Cloud. */
    static final class World extends AppliedBackend {
        private final GcpClients gcp = clouds().gcp().open(REGION, GkeSettings.defaults());

        World(BackendSpec spec) {
            super(spec);
        }

        GcpClients gcp() {
            return gcp;
        }

        @Override
        public void close() {
            gcp.close();
            super.close();
        }

        private String path() {
            return "projects/" + gcp.project() + "/locations/" + REGION + "/clusters/" + NAME;
        }

        void update(UnaryOperator<ClusterUpdate.Builder> change) {
            var unused = gcp.clusters()
                    .updateCluster(
                            path(), change.apply(ClusterUpdate.newBuilder()).build());
        }

        void pool(String name, UnaryOperator<UpdateNodePoolRequest.Builder> change) {
            NodePool pool = gcp.clusters().getNodePool(path() + "/nodePools/" + name);
            var unused = gcp.clusters()
                    .updateNodePool(change.apply(UpdateNodePoolRequest.newBuilder()
                                    .setName(path() + "/nodePools/" + name)
                                    .setNodeVersion(pool.getVersion())
                                    .setImageType(pool.getConfig().getImageType()))
                            .build());
        }

        /** As pools of GPUs were before they got the label in their definition. */
        void unlabeled(String name) {
            Map<String, String> labels = new TreeMap<>(gcp.clusters()
                    .getNodePool(path() + "/nodePools/" + name)
                    .getConfig()
                    .getLabelsMap());
            labels.remove("nvidia.com/gpu.present");
            pool(name, u -> u.setLabels(NodeLabels.newBuilder().putAllLabels(labels)));
        }

        void scale(String name, NodePoolAutoscaling autoscaling) {
            var unused = gcp.clusters()
                    .setNodePoolAutoscaling(SetNodePoolAutoscalingRequest.newBuilder()
                            .setName(path() + "/nodePools/" + name)
                            .setAutoscaling(autoscaling)
                            .build());
        }
    }

    /** As backends are when they are new: without GPU nodes until a workflow asks for some. */
    @Override
    BackendSpec flawless() {
        return spec().toBuilder().changePool("t4", p -> p.scale(0, 4)).build();
    }

    /** Without the GPU Operator nobody but the pool's definition labels the nodes. */
    @Test
    void gpu_nodes_whose_driver_gke_installs_carry_the_label_that_osmo_selects_by() {
        BackendSpec driverByGke = spec().toBuilder()
                .settings(GkeSettings.builder().gpuDriver(GpuDriver.GKE_LATEST).build())
                .build();
        try (World world = applied(driverByGke)) {
            Report report = world.verify();
            assertThat(problems(report)).isEmpty();
            assertThat(ids(report, Status.PASS)).contains("gpu.present-label", "gpu.allocatable");

            world.unlabeled("t4");
            world.settle();

            assertThat(problems(world.verify())).isEqualTo(Map.of("gpu.present-label", Status.WARN));
        }
    }

    @Test
    void gpu_pools_get_the_label_that_osmo_selects_by_in_place() {
        try (World world = applied(spec())) {
            world.unlabeled("h100");
            world.settle();
            world.unlabeled("t4");
            world.settle();

            assertThat(world.repair())
                    .hasSize(2)
                    .containsOnly(
                            "config.labels: {gke-no-default-nvidia-gpu-device-plugin=true, node-type=gpu} -> "
                                    + "{gke-no-default-nvidia-gpu-device-plugin=true, node-type=gpu, nvidia.com/gpu.present=true}");
            assertThat(problems(world.verify())).isEqualTo(WAITING);
        }
    }

    @Override
    Stream<Defect<World>> defects() {
        return Stream.of(
                Defect.of(
                        "newer node images",
                        w -> w.clouds().gcp().upgradeControlPlane(REGION, NAME, "1.35.8-gke.1999000"),
                        "pool.node-image-newest",
                        Status.WARN),
                Defect.of(
                        "API open to the world",
                        w -> w.update(u ->
                                u.setDesiredControlPlaneEndpointsConfig(ControlPlaneEndpointsConfig.newBuilder()
                                        .setIpEndpointsConfig(IPEndpointsConfig.newBuilder()
                                                .setAuthorizedNetworksConfig(MasterAuthorizedNetworksConfig.newBuilder()
                                                        .setEnabled(true)
                                                        .addCidrBlocks(CidrBlock.newBuilder()
                                                                .setCidrBlock("0.0.0.0/0")))))),
                        "network.api-authorized-ranges",
                        Status.WARN),
                Defect.of(
                        "key disabled", GkeVerificationTest::disableKey, "control-plane.etcd-encryption", Status.FAIL),
                Defect.of("Cloud NAT removed", GkeVerificationTest::removeNat, "network.egress-route", Status.FAIL),
                Defect.of(
                        "backup agent off",
                        w -> w.update(u -> u.setDesiredAddonsConfig(AddonsConfig.newBuilder()
                                .setGkeBackupAgentConfig(
                                        GkeBackupAgentConfig.newBuilder().setEnabled(false)))),
                        "storage.backup",
                        Status.WARN),
                Defect.of(
                        "pool without label",
                        w -> w.pool(
                                "cpu", u -> u.setLabels(NodeLabels.newBuilder().putLabels("other", "x"))),
                        "pool.compute.label",
                        Status.WARN),
                Defect.of(
                        "empty GPU pool without the label that OSMO selects by",
                        w -> w.unlabeled("h100"),
                        "pool.scale-from-zero-template",
                        Status.WARN),
                new Defect<World>(
                        "GPU pool without taint",
                        w -> w.pool("t4", u -> u.setTaints(NodeTaints.getDefaultInstance())),
                        Map.of("gpu.taint", Status.WARN, "pool.compute.taint", Status.WARN)),
                Defect.of(
                        "operator pool fixed at one node",
                        w -> w.scale(
                                "operator",
                                NodePoolAutoscaling.newBuilder()
                                        .setEnabled(true)
                                        .setTotalMinNodeCount(1)
                                        .setTotalMaxNodeCount(1)
                                        .build()),
                        "pool.operator.autoscaling",
                        Status.WARN));
    }

    private static void disableKey(World world) {
        CryptoKeyName key =
                CryptoKeyName.of(world.gcp().project(), REGION, "osmo-backend", "osmo-" + NAME + "-" + REGION);
        String version = world.gcp().keys().getCryptoKey(key).getPrimary().getName();
        var unused = world.gcp()
                .keys()
                .updateCryptoKeyVersion(
                        CryptoKeyVersion.newBuilder()
                                .setName(version)
                                .setState(CryptoKeyVersionState.DISABLED)
                                .build(),
                        FieldMask.newBuilder().addPaths("state").build());
    }

    private static void removeNat(World world) {
        var unused = world.gcp()
                .routers()
                .deleteCallable()
                .call(DeleteRouterRequest.newBuilder()
                        .setProject(world.gcp().project())
                        .setRegion(REGION)
                        .setRouter("osmo-" + NAME + "-" + REGION)
                        .build());
    }
}
