// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.stack.KaiCheck;
import io.osmo.backend.verify.internal.rules.KaiWebhook;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.KaiProbeFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.WebhookFacts;
import java.util.List;

/** If a webhook does not answer, every pod is rejected. A pod that a probe created for KAI proves more than what can be read. */
public final class WebhookHealth extends KaiCheck {
    private static final String RESTART = "kubectl -n kai-scheduler rollout restart deployment admission";

    public WebhookHealth() {
        super("kai.webhook-health", "webhooks of KAI with a CA bundle and a ready endpoint", Severity.ERROR);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        List<KaiProbeFacts> refused =
                evidence.snapshot().probes().known().map(ProbeFacts::kai).orElse(List.of()).stream()
                        .filter(k ->
                                k.refusal().known().filter(KaiWebhook::refused).isPresent())
                        .toList();
        if (!refused.isEmpty()) {
            return breach(
                            "a pod was rejected: "
                                    + refused.get(0).refusal().known().orElse(""),
                            RESTART)
                    .about(refused);
        }
        return given(
                evidence.snapshot().stack().webhooks(),
                webhooks -> given(
                        evidence.snapshot().stack().endpoints(),
                        endpoints -> each(
                                webhooks,
                                "webhooks",
                                w -> problem(w, endpoints).isEmpty(),
                                w -> problem(w, endpoints),
                                RESTART)));
    }

    private static String problem(WebhookFacts webhook, List<EndpointFacts> endpoints) {
        if (!webhook.certified()) {
            return "no CA bundle";
        }
        boolean answers = webhook.service().isEmpty()
                || !webhook.service().startsWith(StackFacts.KAI_NAMESPACE + "/")
                || endpoints.stream()
                        .anyMatch(e -> (e.namespace() + "/" + e.service()).equals(webhook.service()) && e.ready() > 0);
        return answers ? "" : "no ready endpoint of " + webhook.service();
    }
}
