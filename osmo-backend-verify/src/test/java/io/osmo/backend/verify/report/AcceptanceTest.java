// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Waiver;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.OsmoAnswers;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What a report says about whether OSMO accepts the backend. */
class AcceptanceTest {
    private static Report report(Cluster cluster) {
        return BackendVerifier.standard().verify(cluster.snapshot());
    }

    @Test
    void every_form_tells_whether_osmo_accepts_the_backend_and_the_text_ends_with_it() throws Exception {
        Report report = report(Clusters.goodEks());
        String sentence = "OSMO accepts train-west: pool default ONLINE, 1 GPU";

        assertThat(report.toText()).endsWith("\n" + sentence + "\n");
        assertThat(report.toColoredText())
                .endsWith("\u001b[32mOSMO\u001b[0m accepts train-west: pool default ONLINE, 1 GPU\n");
        assertThat(report.toHtml()).contains("<p class=\"osmo\">" + sentence);
        assertThat(new ObjectMapper()
                        .readTree(report.toJson())
                        .at("/osmo/state")
                        .asText())
                .isEqualTo("ACCEPTED");
    }

    @Test
    void a_backend_that_osmo_does_not_accept_is_told_with_the_first_fact_against_it() {
        Cluster offline = Clusters.goodEks();
        offline.osmo.heartbeatAdvances = false;
        offline.osmo.pools.set(0, OsmoAnswers.pool("default", "OFFLINE", "train-west"));
        String expected = "OSMO does not accept train-west: no new heartbeat of train-west within 30 s; "
                + "the last one is of 2026-11-24T00:00:00Z";

        assertThat(report(offline).osmo()).contains(new Acceptance(Acceptance.State.NOT_ACCEPTED, expected));
        assertThat(BackendVerifier.standard()
                        .waive(
                                new Waiver("osmo.heartbeat-advancing", "being built", LocalDate.of(2027, 1, 1)),
                                new Waiver("osmo.pool-online", "being built", LocalDate.of(2027, 1, 1)))
                        .verify(offline.snapshot())
                        .osmo()
                        .orElseThrow()
                        .text())
                .isEqualTo(expected + "; accepted until 2027-01-01: being built");
        assertThat(report(Clusters.goodEks().blind("osmoPools"))
                        .osmo()
                        .orElseThrow()
                        .text())
                .isEqualTo("Whether OSMO accepts train-west is not known: 403 on osmoPools");
    }

    @Test
    void a_report_is_silent_about_osmo_if_it_was_not_asked() {
        assertThat(report(Clusters.bareEks()).osmo()).isEmpty();
        assertThat(report(Clusters.bareEks()).toText()).doesNotContain("OSMO accepts");
        assertThat(BackendVerifier.standard()
                        .only("kai.*")
                        .verify(Clusters.goodEks().snapshot())
                        .osmo())
                .isEmpty();
    }
}
