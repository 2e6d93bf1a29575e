// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static io.osmo.backend.tests.gcp.GkeRulesTest.violations;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.ReservationAffinity;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A reservation that a pool names is held against what the pool needs, before anything is made. */
class GkeReservationsTest {
    private static final String ZONE = "us-central1-a";
    private static final String G2 = "g2-standard-4";

    private static BackendSpec with(String reservation, int min, int max, String... zones) {
        return spec(s -> s.gpuPool(
                "gpu", p -> p.instanceType(G2).scale(min, max).zones(zones).reservation(reservation)));
    }

    @Test
    void a_reservation_that_fits_is_used() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().plantReservation(ZONE, "ours", G2, 2);

            assertThat(gke.osmo.plan(with("ours", 1, 4, ZONE)).warnings())
                    .anySatisfy(w -> assertThat(w).contains("reservation ours has 2 machines"));
            gke.applied(with("ours", 1, 2, ZONE));

            assertThat(gke.pool("gpu").getStatus()).isEqualTo(NodePool.Status.RUNNING);
        }
    }

    @Test
    void a_reservation_that_does_not_fit_is_refused_by_plan_and_preflight() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().plantReservation(ZONE, "ours", G2, 2);
            gke.gcp().plantReservation(ZONE, "large", "g2-standard-8", 2);

            assertRefused(gke, with("ghost", 1, 2, ZONE), "a reservation of project osmo-emulated");
            assertRefused(gke, with("ours", 1, 2, "us-central1-b"), "a reservation in each zone of the pool");
            assertRefused(gke, with("ours", 3, 3), "a reservation in each zone of the pool");
            assertRefused(gke, with("large", 1, 2, ZONE), "a reservation of g2-standard-4");
            assertRefused(gke, with("ours", 3, 3, ZONE), "a reservation of 3 machines");
            assertThat(gke.osmo.preflight(with("ghost", 1, 2, ZONE)).findings())
                    .filteredOn(f -> f.status() == PreflightFinding.Status.FAIL)
                    .extracting(PreflightFinding::check)
                    .containsExactly("preflight.reservations");
            assertThat(gke.gcp().inventory()).allMatch(line -> line.startsWith("reservations "));
        }
    }

    private static void assertRefused(GkeBackend gke, BackendSpec spec, String allowed) {
        assertThat(violations(gke, spec)).singleElement().satisfies(v -> {
            assertThat(v.path()).isEqualTo("computePools[1].reservation");
            assertThat(v.allowed()).contains(allowed);
        });
    }

    @Test
    void a_reservation_that_could_not_be_read_is_a_warning() {
        try (GkeBackend gke = new GkeBackend()) {
            assertThat(gke.osmo
                            .plan(with("projects/theirs/reservations/h100", 1, 2, ZONE))
                            .warnings())
                    .anySatisfy(w -> assertThat(w)
                            .contains("reservation projects/theirs/reservations/h100")
                            .contains("could not be read"));
        }
    }

    /** What GKE does with a reservation that does not exist. */
    @Test
    void emulated_nodes_do_not_start_without_their_reservation() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            var unused = gke.clients
                    .clusters()
                    .createNodePool(
                            gke.path(),
                            NodePool.newBuilder()
                                    .setName("by-hand")
                                    .setInitialNodeCount(1)
                                    .addLocations(ZONE)
                                    .setAutoscaling(NodePoolAutoscaling.getDefaultInstance())
                                    .setConfig(NodeConfig.newBuilder()
                                            .setMachineType("n2-standard-8")
                                            .setReservationAffinity(ReservationAffinity.newBuilder()
                                                    .setConsumeReservationType(
                                                            ReservationAffinity.Type.SPECIFIC_RESERVATION)
                                                    .setKey("compute.googleapis.com/reservation-name")
                                                    .addValues("ghost")))
                                    .build());
            gke.clouds.time().advance(Duration.ofMinutes(10));

            assertThat(gke.pool("by-hand").getStatus()).isEqualTo(NodePool.Status.RUNNING_WITH_ERROR);
            assertThat(gke.pool("by-hand").getConditions(0).getMessage()).contains("reservations [ghost] do not exist");
        }
    }
}
