// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.fixture.ProbeResults;
import io.osmo.backend.verify.snapshot.KaiProbeFacts;
import org.junit.jupiter.api.Test;

class WebhookHealthTest {
    @Test
    void a_probe_pod_that_the_webhook_rejects_fails_the_webhook() {
        ProbeResults facts = new ProbeResults();
        facts.kai.set(
                0,
                new KaiProbeFacts(
                        "cpu",
                        Fact.of(
                                "could not create pods: Internal error occurred: failed calling webhook"
                                        + " \"admission.kai-scheduler.svc\": no endpoints available for service \"admission\"")));
        BackendVerifier webhooks = BackendVerifier.standard().only("kai.webhook-health");

        assertThat(webhooks.verify(facts.snapshot()).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.status()).isEqualTo(FAIL))
                .satisfies(f -> assertThat(f.observed()).contains("no endpoints available"))
                .satisfies(f -> assertThat(f.resources()).containsExactly("pool/cpu"));
        assertThat(webhooks.verify(new ProbeResults().snapshot()).findings())
                .singleElement()
                .extracting(Finding::status)
                .isEqualTo(PASS);
    }
}
