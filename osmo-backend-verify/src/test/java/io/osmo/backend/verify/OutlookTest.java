// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.check.Waiver;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.internal.cloud.Retirement;
import io.osmo.backend.verify.report.Forecast;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlookTest {
    private static final BackendVerifier VERIFIER = BackendVerifier.standard();
    private static final LocalDate IN_A_YEAR = LocalDate.parse("2027-11-24");

    @Test
    void the_outlook_has_the_end_of_support() {
        List<Forecast> outlook = VERIFIER.outlook(Clusters.goodEks().snapshot(), IN_A_YEAR);

        assertThat(outlook)
                .hasToString("[from 2027-03-28 on\n  WARN control-plane.version-supported: 1.35, standard support"
                        + " until 2027-03-27]");
        assertThat(outlook).singleElement().satisfies(forecast -> {
            assertThat(forecast.day()).isEqualTo("2027-03-28");
            assertThat(forecast.findings())
                    .extracting(Finding::check, Finding::status)
                    .containsExactly(
                            org.assertj.core.api.Assertions.tuple("control-plane.version-supported", Status.WARN));
        });
    }

    @Test
    void the_outlook_has_ends_of_maintenance_and_of_waivers() {
        BackendVerifier waived =
                VERIFIER.waive(new Waiver("node.pressure", "disk is being replaced", LocalDate.parse("2026-12-31")));
        List<Forecast> outlook = waived.outlook(
                Clusters.goodAks()
                        .node("cpu-0", n -> n.conditions.put("DiskPressure", "True"))
                        .snapshot(),
                IN_A_YEAR);

        assertThat(outlook)
                .extracting(Forecast::day)
                .containsExactly(LocalDate.parse("2027-01-01"), LocalDate.parse("2027-07-01"));
        assertThat(outlook.get(0).findings()).extracting(Finding::check).containsExactly("node.pressure");
        assertThat(outlook.get(1).findings()).extracting(Finding::check).containsExactly("runtime.os-image");
    }

    @Test
    void the_outlook_ends_on_the_requested_day() {
        assertThat(VERIFIER.outlook(Clusters.goodEks().snapshot(), LocalDate.parse("2027-03-27")))
                .isEmpty();
        assertThat(VERIFIER.outlook(Clusters.goodEks().snapshot(), LocalDate.parse("2027-03-28")))
                .hasSize(1);
    }

    @Test
    void a_snapshot_without_a_day_has_no_outlook_unless_one_is_given() {
        assertThat(VERIFIER.outlook(Clusters.goodEks().blind("time").snapshot(), IN_A_YEAR))
                .isEmpty();
        assertThat(VERIFIER.asOf(LocalDate.parse("2027-01-01"))
                        .outlook(Clusters.goodEks().blind("time").snapshot(), IN_A_YEAR))
                .hasSize(1);
    }

    @Test
    void support_without_a_last_day_is_unknown_on_later_days() {
        ClusterSnapshot gke = Clusters.goodGke().snapshot();
        Cluster extended = Clusters.goodGke();
        extended.standardSupport = false;

        assertThat(supported(VERIFIER, gke)).isEqualTo(Status.PASS);
        assertThat(supported(VERIFIER.asOf(IN_A_YEAR), gke)).isEqualTo(Status.UNKNOWN);
        assertThat(supported(VERIFIER, extended.snapshot())).isEqualTo(Status.WARN);
        assertThat(supported(VERIFIER.asOf(IN_A_YEAR), extended.snapshot())).isEqualTo(Status.WARN);
    }

    private static Status supported(BackendVerifier verifier, ClusterSnapshot snapshot) {
        return verifier.verify(snapshot).findings().stream()
                .filter(f -> f.check().equals("control-plane.version-supported"))
                .map(Finding::status)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_retirement_names_a_source_and_the_day_on_which_it_was_read() {
        assertThat(Retirement.all()).hasSizeGreaterThan(5).allSatisfy(r -> {
            assertThat(r.source()).startsWith("https://");
            assertThat(r.asOf()).isAfter("2026-01-01");
        });
    }
}
