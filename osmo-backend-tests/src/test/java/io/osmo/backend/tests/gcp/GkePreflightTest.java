// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.compute.v1.InsertNetworkRequest;
import com.google.cloud.compute.v1.Network;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.fault.Call;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What the preflight of a GKE backend reports. */
class GkePreflightTest {
    private static String only(PreflightReport report, String check, Status status) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals("preflight." + check))
                .filter(finding -> finding.status() == status)
                .map(PreflightFinding::message)
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toString()));
    }

    @Test
    void it_says_what_it_has_seen() {
        BackendSpec spec = GkeBackend.spec(s -> s.gpuPool(
                "l4",
                p -> p.instanceType("g2-standard-4")
                        .zones("us-central1-a")
                        .scale(0, 2)
                        .reservation("ours")));
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().plantReservation("us-central1-a", "ours", "g2-standard-4", 2);

            PreflightReport report = gke.osmo.preflight(spec);

            assertThat(report.passed()).as(report.toString()).isTrue();
            assertThat(only(report, "version", Status.PASS))
                    .matches("Kubernetes 1\\.\\d+\\.\\d+-gke\\.\\d+ of release channel REGULAR, which offers 1\\..*");
            assertThat(report.toString()).contains("pool l4: g2-standard-4 sold in us-central1-a");
            assertThat(only(report, "reservations", Status.PASS))
                    .isEqualTo("pool l4: ours in us-central1-a, READY, has 2 of 2 g2-standard-4 free");
        }
    }

    @Test
    void services_that_an_apply_enables_are_warned_of() {
        BackendSpec spec = GkeBackend.spec(
                s -> s.settings(GkeSettings.builder().enableServices(true).build()));
        try (GkeBackend gke = new GkeBackend(p -> p.disabledService("gkebackup.googleapis.com"))) {
            assertThat(only(gke.osmo.preflight(spec), "services", Status.WARN))
                    .isEqualTo("not enabled yet, and enabled by an apply: gkebackup.googleapis.com");
        }
    }

    @Test
    void a_reservation_that_may_not_be_read_is_unknown() {
        BackendSpec spec = GkeBackend.spec(s -> s.gpuPool(
                "l4",
                p -> p.instanceType("g2-standard-4")
                        .zones("us-central1-a")
                        .scale(0, 2)
                        .reservation("projects/theirs/reservations/h100")));
        try (GkeBackend gke = new GkeBackend()) {
            assertThat(only(gke.osmo.preflight(spec), "reservations", Status.UNKNOWN))
                    .contains("compute.reservations.list");
        }
    }

    @Test
    void a_project_that_has_everything_passes() {
        try (GkeBackend gke = new GkeBackend()) {
            var report = gke.osmo.preflight(spec(s -> s.gpuPool(
                    "h100", p -> p.instanceType("a3-highgpu-8g").scale(1, 4).zones("us-central1-a"))));

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
    void everything_missing_is_reported_at_once() {
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
    void disabled_services_are_enabled_if_the_settings_allow() {
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
    void the_end_of_a_machine_type_is_told_and_then_refused() {
        BackendSpec spec = GkeBackend.spec(
                s -> s.gpuPool("l4", p -> p.instanceType("g2-standard-4").scale(0, 2)));
        String told = "g2-standard-4 is deprecated, until 2027-06-01; Google suggests g2-standard-8";
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec);
            gke.gcp().deprecate("g2-standard-4", "g2-standard-8", LocalDate.of(2027, 6, 1));
            gke.clouds.time().advance(Duration.ofDays(1));

            assertThat(only(gke.osmo.preflight(spec), "instance-types", Status.WARN))
                    .contains(told);
            assertThat(gke.osmo.plan(spec).warnings()).anyMatch(text -> text.startsWith("pool l4: " + told));

            gke.clouds.time().advance(Duration.ofDays(200));
            String over = "g2-standard-4 is no longer sold, since 2027-06-01; Google suggests g2-standard-8";
            assertThat(gke.osmo.plan(spec).changes()).as("what runs stays").isEmpty();
            assertThat(gke.osmo.plan(spec).warnings()).anyMatch(text -> text.startsWith("pool l4: " + over));
            assertThatThrownBy(() -> gke.osmo.plan(spec.toBuilder()
                            .gpuPool(
                                    "more", p -> p.instanceType("g2-standard-4").scale(0, 2))
                            .build()))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining(over);
        }
    }

    @Test
    void a_type_of_several_that_is_no_longer_sold_is_passed_over() {
        BackendSpec spec = GkeBackend.spec(s -> s.gpuPool(
                "l4", p -> p.instanceTypes("g2-standard-4", "g2-standard-8").scale(0, 2)));
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().deprecate("g2-standard-4", "g2-standard-8", LocalDate.of(2025, 6, 1));

            gke.applied(spec);

            assertThat(gke.pool("l4").getConfig().getMachineType()).isEqualTo("g2-standard-8");
        }
    }
}
