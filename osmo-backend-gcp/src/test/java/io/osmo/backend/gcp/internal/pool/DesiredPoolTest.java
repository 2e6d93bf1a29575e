// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.container.v1.GPUDriverInstallationConfig.GPUDriverVersion;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodeTaint;
import com.google.container.v1.ReservationAffinity;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.GpuDriver;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpRest;
import io.osmo.backend.gcp.internal.catalog.Machine;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.spi.provider.SessionCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesiredPoolTest {
    private static final Set<String> ALL = Set.of("us-central1-a", "us-central1-b", "us-central1-c");
    private static final Offers OFFERS = new Offers(
            List.copyOf(ALL),
            Map.of(
                    "e2-standard-8", new Machine("e2-standard-8", 8, 32768, Optional.empty(), 0, "amd64", 0),
                    "n1-standard-4", new Machine("n1-standard-4", 4, 15360, Optional.empty(), 0, "amd64", 0),
                    "a3-highgpu-8g",
                            new Machine("a3-highgpu-8g", 208, 1916928, Optional.of("nvidia-h100-80gb"), 8, "amd64", 0)),
            Map.of(
                    "e2-standard-8",
                    ALL,
                    "e2-standard-4",
                    ALL,
                    "n1-standard-4",
                    ALL,
                    "a3-highgpu-8g",
                    Set.of("us-central1-c")),
            Map.of("nvidia-tesla-t4", Set.of("us-central1-a", "us-central1-b")),
            Map.of());

    private static final BackendSpec SPEC = BackendSpec.builder("demo")
            .on("gcp", "us-central1")
            .gpuPool("h100", p -> p.instanceType("a3-highgpu-8g").scale(0, 8).reservation("ours"))
            .gpuPool("t4", p -> p.instanceType("n1-standard-4-nvidia-t4").scale(0, 4))
            .computePool("cpu", p -> p.instanceType("e2-standard-8").scale(1, 3))
            .build();

    /** In one zone any number is possible; in more only a multiple of their number. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, 3, 3, 1",
        "1, 2, 3, 2, 1",
        "1, 1, 3, 1, 1",
        "4, 10, 3, 3, 2",
        "4, 5, 3, 2, 2",
        "5, 5, 3, 1, 5",
        "0, 8, 1, 1, 0",
        "0, 8, 3, 3, 0",
        "3, 3, 3, 3, 1"
    })
    void first_nodes_are_counted_by_zone_and_neither_fewer_nor_more_than_the_pool_may_have(
            int least, int max, int zones, int used, int each) {
        assertThat(FirstNodes.of(new Scale(0, max, least), zones)).isEqualTo(new FirstNodes(used, each));
        assertThat(FirstNodes.of(new Scale(least, max, least), zones)).isEqualTo(new FirstNodes(used, each));
    }

    @ParameterizedTest
    @CsvSource({"0, 8, 3, 0, 0", "0, 8, 3, 2, 1", "1, 8, 2, 5, 3", "1, 8, 3, 20, 2", "2, 8, 2, 0, 1", "1, 5, 2, 5, 2"})
    void a_pool_in_the_place_of_another_one_begins_with_as_many_nodes(
            int min, int max, int zones, int running, int each) {
        assertThat(FirstNodes.each(new Scale(min, max, min), zones, running)).isEqualTo(each);
    }

    @Test
    void bounds_are_those_of_the_whole_pool() {
        NodePoolAutoscaling bounds = pool("cpu", GkeSettings.defaults()).getAutoscaling();

        assertThat(bounds.getTotalMinNodeCount()).isEqualTo(1);
        assertThat(bounds.getTotalMaxNodeCount()).isEqualTo(3);
        assertThat(bounds.getMinNodeCount()).isZero();
        assertThat(bounds.getMaxNodeCount()).isZero();
    }

    @Test
    void gpu_pools_come_last_and_are_tainted_by_us() {
        assertThat(DesiredPool.ordered(SPEC)).extracting("name").containsExactly("operator", "cpu", "h100", "t4");
        assertThat(pool("h100", GkeSettings.defaults()).getConfig().getTaintsList())
                .contains(NodeTaint.newBuilder()
                        .setKey("nvidia.com/gpu")
                        .setValue("present")
                        .setEffect(NodeTaint.Effect.NO_SCHEDULE)
                        .build());
    }

    @Test
    void n1_machines_get_their_accelerator_attached_where_both_are_sold() {
        NodePool t4 = pool("t4", GkeSettings.defaults());

        assertThat(t4.getConfig().getMachineType()).isEqualTo("n1-standard-4");
        assertThat(t4.getConfig().getAccelerators(0).getAcceleratorType()).isEqualTo("nvidia-tesla-t4");
        assertThat(t4.getLocationsList()).containsExactly("us-central1-a", "us-central1-b");
    }

    @Test
    void machines_with_gpus_of_their_own_name_them_and_stay_where_they_are_sold() {
        NodePool h100 = pool("h100", GkeSettings.defaults());

        assertThat(h100.getConfig().getAccelerators(0).getAcceleratorType()).isEqualTo("nvidia-h100-80gb");
        assertThat(h100.getConfig().getAccelerators(0).getAcceleratorCount()).isEqualTo(8);
        assertThat(h100.getLocationsList()).containsExactly("us-central1-c");
        assertThat(h100.getAutoscaling().getLocationPolicy()).isEqualTo(NodePoolAutoscaling.LocationPolicy.ANY);
    }

    @Test
    void the_gpu_operator_gets_nodes_without_driver_and_device_plugin_that_it_can_build_on() {
        var config = pool("h100", GkeSettings.defaults()).getConfig();

        assertThat(driver(config)).isEqualTo(GPUDriverVersion.INSTALLATION_DISABLED);
        assertThat(config.getLabelsMap()).containsEntry("gke-no-default-nvidia-gpu-device-plugin", "true");
        assertThat(config.getImageType()).isEqualTo("UBUNTU_CONTAINERD");
        assertThat(config.getShieldedInstanceConfig().getEnableSecureBoot()).isFalse();
    }

    @Test
    void gke_installs_the_driver_when_it_is_asked_to() {
        var config = pool(
                        "h100",
                        GkeSettings.builder().gpuDriver(GpuDriver.GKE_LATEST).build())
                .getConfig();

        assertThat(driver(config)).isEqualTo(GPUDriverVersion.LATEST);
        assertThat(config.getLabelsMap()).doesNotContainKey("gke-no-default-nvidia-gpu-device-plugin");
        assertThat(config.getImageType()).isEqualTo("COS_CONTAINERD");
    }

    @Test
    void reservations_are_touched_only_when_named() {
        assertThat(pool("h100", GkeSettings.defaults()).getConfig().getReservationAffinity())
                .isEqualTo(ReservationAffinity.newBuilder()
                        .setConsumeReservationType(ReservationAffinity.Type.SPECIFIC_RESERVATION)
                        .setKey("compute.googleapis.com/reservation-name")
                        .addValues("ours")
                        .build());
        assertThat(pool("cpu", GkeSettings.defaults())
                        .getConfig()
                        .getReservationAffinity()
                        .getConsumeReservationType())
                .isEqualTo(ReservationAffinity.Type.NO_RESERVATION);
    }

    @Test
    void nodes_never_run_as_the_default_account_of_compute_engine() {
        assertThat(pool("cpu", GkeSettings.defaults()).getConfig().getServiceAccount())
                .isEqualTo("osmo-demo-us-central1@my-project.iam.gserviceaccount.com");
    }

    private static GPUDriverVersion driver(com.google.container.v1.NodeConfig config) {
        return config.getAccelerators(0).getGpuDriverInstallationConfig().getGpuDriverVersion();
    }

    private static NodePool pool(String name, GkeSettings settings) {
        GcpClients clients = mock(GcpClients.class);
        when(clients.project()).thenReturn("my-project");
        VirtualTime time = VirtualTime.create();
        GcpContext context =
                GcpContext.of(SPEC.ref(), clients, new GcpRest(clients), settings, time, new SessionCache(time));
        return new DesiredPool(
                        context,
                        SPEC,
                        SPEC.pools().stream()
                                .filter(p -> p.name().equals(name))
                                .findFirst()
                                .orElseThrow(),
                        OFFERS,
                        Placement.of(SPEC, OFFERS, Optional.empty()))
                .nodePool();
    }
}
