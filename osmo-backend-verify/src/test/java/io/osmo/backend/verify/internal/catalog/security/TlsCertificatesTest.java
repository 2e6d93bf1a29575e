// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.fixture.ProbeResults;
import io.osmo.backend.verify.report.Forecast;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.Vantage;
import java.time.LocalDate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TlsCertificatesTest {
    private static final BackendVerifier VERIFIER =
            BackendVerifier.standard().select(c -> c.vantages().contains(Vantage.PROBE));

    @Test
    void the_remedy_for_a_private_authority_is_to_trust_it() {
        ProbeResults facts = new ProbeResults();
        UnaryOperator<Answer> distrusted = ProbeResults.to(60, 0, "", "unable to get local issuer certificate");
        facts.change("/api/version", distrusted);
        facts.workflowReaches.replaceAll(r -> new ReachFacts(
                r.name(), r.pool(), r.target(), r.url(), r.answer().map(distrusted)));

        assertThat(VERIFIER.only("security.tls-certificates", "network.osmo-http", "network.workflow-to-osmo")
                        .verify(facts.snapshot())
                        .findings())
                .hasSize(3)
                .allSatisfy(f -> assertThat(f.next()).contains("Probes.Builder.trust"));
    }

    @Test
    void a_certificate_that_is_good_today_fails_on_the_day_after_its_end() {
        ClusterSnapshot snapshot = new ProbeResults().snapshot();
        BackendVerifier certificates = VERIFIER.only("security.tls-certificates");

        assertThat(certificates
                        .asOf(LocalDate.parse("2027-05-20"))
                        .verify(snapshot)
                        .findings())
                .singleElement()
                .extracting(Finding::status)
                .isEqualTo(WARN);
        assertThat(certificates
                        .asOf(LocalDate.parse("2027-06-02"))
                        .verify(snapshot)
                        .findings())
                .singleElement()
                .extracting(Finding::status)
                .isEqualTo(FAIL);
    }

    @Test
    void the_outlook_has_expiry_days_of_certificates() {
        assertThat(VERIFIER.outlook(new ProbeResults().snapshot(), LocalDate.parse("2027-12-31")))
                .extracting(Forecast::day)
                .containsExactly(LocalDate.parse("2027-05-03"), LocalDate.parse("2027-06-02"));
    }
}
