// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.container.v1.ClusterUpdate;
import com.google.container.v1.ControlPlaneEndpointsConfig;
import com.google.container.v1.ControlPlaneEndpointsConfig.IPEndpointsConfig;
import com.google.container.v1.MasterAuthorizedNetworksConfig;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.SetNodePoolAutoscalingRequest;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GKE runs one operation at a time on a cluster, and people change it by hand. */
class GkeOperationsTest {
    /** GKE does one thing at a time with a cluster: whoever comes next waits for it and does not start it again. */
    @ParameterizedTest
    @ValueSource(strings = {"container.CreateCluster", "container.CreateNodePool", "gkebackup.CreateBackupPlan"})
    void a_new_process_waits_for_the_operation_that_the_last_one_has_started(String operation) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().faults().onCall(operation).nth(1).crashAfter();
            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(spec()))).isInstanceOf(SimulatedCrash.class);
            long started = gke.count(operation);
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
    void a_change_waits_for_an_operation_that_gke_is_running() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            var unused = gke.clients
                    .clusters()
                    .setNodePoolAutoscaling(SetNodePoolAutoscalingRequest.newBuilder()
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
    void access_that_was_opened_by_hand_is_closed_again() {
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
}
