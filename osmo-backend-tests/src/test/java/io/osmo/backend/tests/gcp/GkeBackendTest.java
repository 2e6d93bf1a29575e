// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.compute.v1.InsertNetworkRequest;
import com.google.cloud.compute.v1.Network;
import com.google.container.v1.ClusterUpdate;
import com.google.container.v1.ControlPlaneEndpointsConfig;
import com.google.container.v1.ControlPlaneEndpointsConfig.IPEndpointsConfig;
import com.google.container.v1.CreateClusterRequest;
import com.google.container.v1.CreateNodePoolRequest;
import com.google.container.v1.GPUDriverInstallationConfig.GPUDriverVersion;
import com.google.container.v1.MasterAuthorizedNetworksConfig;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodeTaint;
import com.google.container.v1.UpdateClusterRequest;
import com.google.container.v1.UpdateNodePoolRequest;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.ResourceOutcome;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.GpuDriver;
import io.osmo.backend.gcp.ReleaseChannel;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.FailurePolicy;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import io.osmo.backend.testkit.fault.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is peculiar to GKE, each trap by a backend on emulated Google Cloud. */
class GkeBackendTest {
    private static final String H100 = "a3-highgpu-8g";
    private static final String ZONE = "us-central1-a";

    private static BackendSpec withGpus(FailurePolicy policy) {
        return spec(s -> s.gpuPool(
                "h100", p -> p.instanceType(H100).scale(1, 4).zones(ZONE).onFailure(policy)));
    }

    private static BackendSpec at(String version) {
        return spec(s -> s.kubernetesVersion(version));
    }

    // ------------------------------------------------------------------------------------------ stock-outs

    @Test
    void a_pool_without_machines_stands_and_is_reported_and_adopted() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().faults().stockOut(H100, ZONE);

            PartialApplyException partial = catchThrowableOfType(
                    PartialApplyException.class, () -> gke.osmo.apply(gke.osmo.plan(withGpus(FailurePolicy.KEEP))));

            assertThat(partial).hasMessageContaining("node-pool/h100").hasMessageContaining("GCE_STOCKOUT");
            assertThat(partial.outcomes())
                    .filteredOn(o -> o.status() == ResourceOutcome.Status.FAILED)
                    .extracting(outcome -> outcome.resource().toString())
                    .containsExactly("node-pool/h100");
            assertThat(gke.pool("h100").getStatus()).isEqualTo(NodePool.Status.RUNNING_WITH_ERROR);
            assertThat(gke.pool("cpu").getStatus()).isEqualTo(NodePool.Status.RUNNING);

            Plan again = gke.osmo.plan(withGpus(FailurePolicy.KEEP));
            assertThat(again.warnings())
                    .anySatisfy(w -> assertThat(w).contains("node-pool/h100 exists without all of its nodes"));
            assertThat(again.changes())
                    .singleElement()
                    .satisfies(c -> assertThat(c.id()).hasToString("node-pool/h100"));

            gke.gcp().faults().restock(H100, ZONE);
            gke.clouds.time().advance(Duration.ofMinutes(10));
            gke.applied(withGpus(FailurePolicy.KEEP));
            assertThat(gke.requests("container.CreateNodePool", CreateNodePoolRequest.class))
                    .as("the pool is adopted, not made again")
                    .filteredOn(r -> r.getNodePool().getName().equals("h100"))
                    .hasSize(1);
        }
    }

    @Test
    void a_pool_without_machines_may_degrade() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().faults().stockOut(H100, ZONE);

            Backend backend = gke.osmo.apply(gke.osmo.plan(withGpus(FailurePolicy.DEGRADE)));

            assertThat(backend.missing())
                    .extracting(outcome -> outcome.resource().toString())
                    .containsExactly("node-pool/h100");
        }
    }

    @Test
    void a_pool_without_machines_is_deleted_where_the_spec_says_so() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().faults().stockOut(H100, ZONE);

            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(withGpus(FailurePolicy.DELETE))))
                    .isInstanceOf(PartialApplyException.class);

            assertThat(gke.gcp().inventory()).noneMatch(line -> line.contains("h100"));
        }
    }

    @Test
    void a_pool_beyond_the_quota_says_which() {
        try (GkeBackend gke = new GkeBackend(p -> p.quota("NVIDIA_H100_GPUS", 0))) {
            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(withGpus(FailurePolicy.KEEP))))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("node-pool/h100")
                    .hasMessageContaining("NVIDIA_H100_GPUS");

            assertThat(gke.pool("cpu").getStatus()).isEqualTo(NodePool.Status.RUNNING);
        }
    }

    // ------------------------------------------------------------------------------------------ keys

    @Test
    void a_key_whose_versions_were_destroyed_gets_a_new_one_on_the_same_ring() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            Backend gone = gke.destroyed();
            assertThat(gone.leftovers()).extracting(Leftover::kind).contains("kms-key-version");
            assertThat(gke.remains()).isEmpty();

            gke.applied(spec());

            assertThat(count(gke, "cloudkms.CreateKeyRing")).isEqualTo(1);
            assertThat(count(gke, "cloudkms.CreateCryptoKeyVersion")).isEqualTo(1);
            assertThat(gke.gcp().inventory())
                    .filteredOn(line -> line.startsWith("key "))
                    .hasSize(1);
            assertThat(gke.gcp().inventory())
                    .anyMatch(line -> line.startsWith("key-version ") && line.endsWith(" ENABLED"))
                    .anyMatch(line -> line.startsWith("key-version ") && line.endsWith(" DESTROY_SCHEDULED"));
        }
    }

    @Test
    void two_backends_of_a_region_share_the_ring() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            BackendSpec other = BackendSpec.builder("train-east")
                    .on("gcp", GkeBackend.REGION)
                    .computePool("cpu", p -> p.instanceType("n2-standard-8").scale(1, 2))
                    .build();

            gke.applied(other);

            assertThat(count(gke, "cloudkms.CreateKeyRing")).isEqualTo(1);
            assertThat(gke.osmo.list("gcp", GkeBackend.REGION)).containsExactlyInAnyOrder(spec().ref(), other.ref());
        }
    }

    private static long count(GkeBackend gke, String operation) {
        return gke.gcp().calls().stream()
                .filter(call -> call.operation().equals(operation))
                .count();
    }

    // ------------------------------------------------------------------------------------------ versions

    /** What was upgraded, in order, such as {@code master 1.34} and {@code cpu 1.34}. */
    private static List<String> upgrades(GkeBackend gke) {
        List<String> upgrades = new ArrayList<>();
        gke.gcp().calls().forEach(call -> {
            if (call.request() instanceof UpdateClusterRequest request) {
                String version = request.getUpdate().getDesiredMasterVersion();
                if (!version.isEmpty()) {
                    upgrades.add("master " + minor(version));
                }
            } else if (call.request() instanceof UpdateNodePoolRequest request) {
                String name = request.getName();
                upgrades.add(name.substring(name.lastIndexOf('/') + 1) + " " + minor(request.getNodeVersion()));
            }
        });
        return upgrades;
    }

    private static String minor(String version) {
        return version.substring(0, version.indexOf('.', 2));
    }

    private static List<String> versions(GkeBackend gke) {
        return gke.gcp().inventory().stream()
                .filter(line -> line.startsWith("cluster ") || line.startsWith("node-pool "))
                .map(line -> line.split(" ")[1].replaceFirst(".*/", "") + " " + minor(line.split(" ")[2]))
                .toList();
    }

    @Test
    void an_upgrade_goes_one_minor_version_at_a_time_control_plane_first() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(at("1.33"));

            gke.applied(at("1.35"));

            assertThat(versions(gke)).containsExactlyInAnyOrder("train-west 1.35", "cpu 1.35", "operator 1.35");
            List<String> upgrades = upgrades(gke);
            assertThat(upgrades).filteredOn(u -> u.startsWith("master")).containsExactly("master 1.34", "master 1.35");
            assertThat(upgrades)
                    .filteredOn(u -> !u.startsWith("master"))
                    .containsExactlyInAnyOrder("cpu 1.35", "operator 1.35");
            assertThat(upgrades.get(0)).isEqualTo("master 1.34");
        }
    }

    @Test
    void an_upgrade_that_was_cut_off_goes_on() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(at("1.33"));
            gke.gcp().faults().onCall("container.UpdateCluster").nth(2).crashAfter();
            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(at("1.35")))).isInstanceOf(SimulatedCrash.class);
            gke.gcp().faults().clear();

            try (OsmoBackends next = gke.clouds.open()) {
                next.apply(next.plan(at("1.35")));
                assertThat(next.plan(at("1.35")).changes()).isEmpty();
            }

            assertThat(versions(gke)).containsExactlyInAnyOrder("train-west 1.35", "cpu 1.35", "operator 1.35");
            assertThat(upgrades(gke))
                    .filteredOn(u -> u.startsWith("master"))
                    .containsExactly("master 1.34", "master 1.35");
        }
    }

    /** A cluster that is newer than its spec says stays as it is, and everything else of the spec is applied. */
    @Test
    void there_is_no_way_back() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(at("1.35"));

            Plan plan = gke.osmo.plan(at("1.34"));

            assertThat(plan.changes()).isEmpty();
            assertThat(plan.warnings()).anySatisfy(text -> assertThat(text).contains("no way back"));
        }
    }

    @Test
    void a_version_that_the_channel_does_not_offer_is_refused_before_anything_is_made() {
        try (GkeBackend gke = new GkeBackend()) {
            assertThatThrownBy(() -> gke.osmo.plan(at("1.30")))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("kubernetesVersion");
            assertThatThrownBy(() -> gke.osmo.plan(spec(s -> s.kubernetesVersion("1.33")
                            .settings(GkeSettings.builder()
                                    .releaseChannel(ReleaseChannel.RAPID)
                                    .build()))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("1.34");
            assertThat(gke.gcp().inventory()).isEmpty();
        }
    }

    // ------------------------------------------------------------------------------------------ operations

    /** GKE does one thing at a time with a cluster: whoever comes next waits for it and does not start it again. */
    @ParameterizedTest
    @ValueSource(strings = {"container.CreateCluster", "container.CreateNodePool", "gkebackup.CreateBackupPlan"})
    void a_new_process_waits_for_the_operation_that_the_last_one_has_started(String operation) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().faults().onCall(operation).nth(1).crashAfter();
            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(spec()))).isInstanceOf(SimulatedCrash.class);
            long started = count(gke, operation);
            gke.gcp().faults().clear();

            try (OsmoBackends next = gke.clouds.open()) {
                next.apply(next.plan(spec()));
                assertThat(next.plan(spec()).changes()).isEmpty();
            }

            assertThat(started).isEqualTo(1);
            assertThat(gke.gcp().calls())
                    .filteredOn(call -> call.operation().equals(operation))
                    .as("each thing was asked for once")
                    .extracting(call -> call.request().toString())
                    .doesNotHaveDuplicates();
        }
    }

    /** Somebody else, or GKE itself, upgrades the pool while we want to change it. */
    @Test
    void a_change_waits_for_what_gke_is_doing_already() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            var unused = gke.clients
                    .clusters()
                    .setNodePoolAutoscaling(com.google.container.v1.SetNodePoolAutoscalingRequest.newBuilder()
                            .setName(gke.path() + "/nodePools/cpu")
                            .setAutoscaling(NodePoolAutoscaling.newBuilder()
                                    .setEnabled(true)
                                    .setTotalMinNodeCount(2)
                                    .setTotalMaxNodeCount(7)
                                    .setLocationPolicy(NodePoolAutoscaling.LocationPolicy.BALANCED))
                            .build());

            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(1, 9))));

            assertThat(gke.pool("cpu").getAutoscaling().getTotalMaxNodeCount()).isEqualTo(9);
        }
    }

    /** What keeps the cluster closed is compared, whoever has changed it. */
    @Test
    void what_somebody_has_opened_is_closed_again() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec spec = spec(s -> s.apiEndpoint(e -> e.publicAccess("203.0.113.0/24")));
            gke.applied(spec);
            byHand(gke, ClusterUpdate.newBuilder().setDesiredDefaultEnablePrivateNodes(false));
            MasterAuthorizedNetworksConfig ranges = gke.clients
                    .clusters()
                    .getCluster(gke.path())
                    .getControlPlaneEndpointsConfig()
                    .getIpEndpointsConfig()
                    .getAuthorizedNetworksConfig();
            byHand(
                    gke,
                    ClusterUpdate.newBuilder()
                            .setDesiredControlPlaneEndpointsConfig(ControlPlaneEndpointsConfig.newBuilder()
                                    .setIpEndpointsConfig(IPEndpointsConfig.newBuilder()
                                            .setAuthorizedNetworksConfig(
                                                    ranges.toBuilder().setEnabled(false)))));

            Plan plan = gke.osmo.plan(spec);
            assertThat(plan.toString())
                    .contains("defaultEnablePrivateNodes")
                    .contains("authorizedNetworksConfig.enabled");
            gke.osmo.apply(plan);

            assertThat(gke.osmo.plan(spec).changes()).isEmpty();
        }
    }

    private static void byHand(GkeBackend gke, ClusterUpdate.Builder update) {
        var unused = gke.clients.clusters().updateCluster(gke.path(), update.build());
        gke.clouds.time().advance(Duration.ofMinutes(10));
    }

    // ------------------------------------------------------------------------------------------ sweeps

    @Test
    void what_the_cluster_left_is_swept_and_what_is_not_the_clusters_stays() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().plantVolume(GkeBackend.REGION, GkeBackend.NAME, "data");
            gke.gcp().plantLoadBalancer(GkeBackend.REGION, GkeBackend.NAME, "default/web");
            gke.gcp().plantEndpointGroup(GkeBackend.REGION, GkeBackend.NAME, "default/web");
            gke.gcp().plantAddress(GkeBackend.REGION, "theirs");
            assertThat(gke.gcp().inventory())
                    .anyMatch(line -> line.startsWith("forwardingRules "))
                    .anyMatch(line -> line.startsWith("targetPools "))
                    .anyMatch(line -> line.startsWith("networkEndpointGroups "))
                    .anyMatch(line -> line.startsWith("firewalls k8s-fw"))
                    .anyMatch(line -> line.startsWith("disks "));

            Backend gone = gke.destroyed();

            assertThat(gke.remains()).containsExactly("addresses us-central1/theirs");
            assertThat(gone.leftovers()).extracting(Leftover::kind).containsOnly("kms-key-version");
        }
    }

    /** What could not be deleted is listed with what it costs. */
    @Test
    void what_is_left_is_told() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().plantVolume(GkeBackend.REGION, GkeBackend.NAME, "data");
            gke.gcp().faults().onCall("compute.disks.delete").deny();

            assertThatThrownBy(gke::destroyed)
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("sweep/disks");

            gke.gcp().faults().clear();
            gke.destroyed();
            assertThat(gke.remains()).isEmpty();
        }
    }

    // ------------------------------------------------------------------------------------------ pools

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
    void the_type_of_osmos_guide_becomes_a_machine_with_an_accelerator_and_says_so() {
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
                            .profile(io.osmo.backend.spec.Profile.DEVELOPMENT)
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

    // ------------------------------------------------------------------------------------------ preflight, facts

    @Test
    void preflight_passes_in_a_project_that_has_everything() {
        try (GkeBackend gke = new GkeBackend()) {
            var report = gke.osmo.preflight(withGpus(FailurePolicy.KEEP));

            assertThat(report.passed()).as(report.toString()).isTrue();
            assertThat(report.findings())
                    .extracting(PreflightFinding::check)
                    .contains(
                            "preflight.identity",
                            "preflight.name",
                            "preflight.services",
                            "preflight.version",
                            "preflight.instance-types",
                            "preflight.quota");
            assertThat(gke.gcp().calls()).allMatch(Call::reads);
        }
    }

    @Test
    void preflight_tells_all_that_is_missing_at_once() {
        try (GkeBackend gke = new GkeBackend(p -> p.disabledService("gkebackup.googleapis.com"))) {
            var unused = gke.clients
                    .networks()
                    .insertCallable()
                    .call(InsertNetworkRequest.newBuilder()
                            .setProject(gke.clients.project())
                            .setNetworkResource(Network.newBuilder()
                                    .setName("osmo-train-west-us-central1")
                                    .setAutoCreateSubnetworks(false))
                            .build());
            gke.clouds.time().advance(Duration.ofMinutes(1));

            var report = gke.osmo.preflight(spec(s -> s.kubernetesVersion("1.30")
                    .computePool("ghost", p -> p.instanceType("n9-standard-8").scale(0, 1))));

            assertThat(report.passed()).isFalse();
            assertThat(report.findings())
                    .filteredOn(f -> f.status() == PreflightFinding.Status.FAIL)
                    .extracting(PreflightFinding::check)
                    .containsExactlyInAnyOrder(
                            "preflight.name", "preflight.services", "preflight.version", "preflight.instance-types");
        }
    }

    @Test
    void services_that_are_off_are_switched_on_where_the_settings_allow() {
        try (GkeBackend gke = new GkeBackend(
                p -> p.disabledService("gkebackup.googleapis.com").disabledService("cloudkms.googleapis.com"))) {
            assertThatThrownBy(() -> gke.osmo.plan(spec()))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("gkebackup.googleapis.com")
                    .hasMessageContaining("cloudkms.googleapis.com");

            gke.applied(spec(
                    s -> s.settings(GkeSettings.builder().enableServices(true).build())));
        }
    }

    @Test
    void facts_tell_what_gke_tells() {
        try (GkeBackend gke = new GkeBackend()) {
            Backend backend = gke.applied(spec(s -> s.gpuPool(
                            "t4", p -> p.instanceType("n1-standard-4-nvidia-t4").scale(0, 4))
                    .apiEndpoint(e -> e.publicAccess("203.0.113.0/24"))));

            CloudFacts facts = backend.facts();

            CloudFacts.ControlPlane plane = facts.controlPlane().known().orElseThrow();
            assertThat(plane.healthy()).isTrue();
            assertThat(plane.highlyAvailable()).isTrue();
            assertThat(plane.zones().known().orElseThrow()).hasSize(3);
            assertThat(plane.publicCidrs()).containsExactly("203.0.113.0/24");
            assertThat(plane.secretsKey().known().orElseThrow().orElseThrow().enabled())
                    .isTrue();
            assertThat(plane.standardSupportUntil().known())
                    .as("not told by GKE")
                    .isEmpty();
            assertThat(plane.standardSupport().known()).contains(true);
            assertThat(facts.pools().known().orElseThrow())
                    .filteredOn(p -> p.name().equals("t4"))
                    .singleElement()
                    .satisfies(p -> {
                        assertThat(p.specPool()).contains("t4");
                        assertThat(p.scale().max()).isEqualTo(4);
                        assertThat(p.machine().known().orElseThrow().gpus()).isEqualTo(1);
                    });
            assertThat(facts.network().known().orElseThrow().subnets())
                    .as("one subnet that spans all zones, whose addresses count once")
                    .singleElement()
                    .satisfies(s -> {
                        assertThat(s.zone()).isEmpty();
                        assertThat(s.egress().known().orElseThrow()).isPresent();
                    });
            assertThat(facts.backup().known().orElseThrow().covered()).isTrue();
        }
    }

    @Test
    void a_cluster_that_is_protected_is_not_destroyed() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.deletionProtection(true)));

            assertThatThrownBy(gke::destroyed)
                    .isInstanceOf(GuardedException.class)
                    .hasMessageContaining("protected against deletion");
            assertThat(gke.gcp().inventory()).anyMatch(line -> line.startsWith("cluster "));

            gke.applied(spec());
            gke.destroyed();
            assertThat(gke.remains()).isEmpty();
        }
    }
}
