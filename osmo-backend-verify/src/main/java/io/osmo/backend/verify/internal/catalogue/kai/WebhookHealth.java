// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.installed.KaiCheck;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.WebhookFacts;
import java.util.List;

/** They refuse every pod when nobody answers. */
public final class WebhookHealth extends KaiCheck {

    public WebhookHealth() {
        super(
                "kai.webhook-health",
                "webhooks of KAI with a certificate authority and somebody who answers",
                Severity.ERROR);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        return given(
                evidence.snapshot().stack().webhooks(),
                webhooks -> given(
                        evidence.snapshot().stack().endpoints(),
                        endpoints -> each(
                                webhooks,
                                "webhooks",
                                w -> problem(w, endpoints).isEmpty(),
                                w -> problem(w, endpoints),
                                "kubectl -n kai-scheduler rollout restart deployment admission")));
    }

    private static String problem(WebhookFacts webhook, List<EndpointFacts> endpoints) {
        if (!webhook.certified()) {
            return "no certificate authority";
        }
        boolean answers = webhook.service().isEmpty()
                || !webhook.service().startsWith(StackFacts.KAI_NAMESPACE + "/")
                || endpoints.stream()
                        .anyMatch(e -> (e.namespace() + "/" + e.service()).equals(webhook.service()) && e.ready() > 0);
        return answers ? "" : "nobody answers at " + webhook.service();
    }
}
