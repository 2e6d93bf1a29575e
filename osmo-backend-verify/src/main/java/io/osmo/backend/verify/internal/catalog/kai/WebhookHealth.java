// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.internal.catalog.stack.KaiCheck;
import io.osmo.backend.verify.internal.rules.KaiWebhook;
import io.osmo.backend.verify.internal.rules.WebhookTrust;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.KaiProbeFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.WebhookFacts;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

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
                        endpoints -> given(
                                evidence.today(),
                                today -> judge(
                                        webhooks.stream()
                                                .filter(w -> w.configuration().contains("kai-admission"))
                                                .toList(),
                                        endpoints,
                                        today))));
    }

    private Finding judge(List<WebhookFacts> webhooks, List<EndpointFacts> endpoints, LocalDate today) {
        Finding finding = each(
                webhooks,
                "webhooks",
                w -> problem(w, endpoints, today).isEmpty(),
                w -> problem(w, endpoints, today),
                RESTART);
        List<WebhookFacts> narrow =
                webhooks.stream().filter(WebhookTrust::provesItselfOnly).toList();
        return finding.status() != Status.PASS || narrow.isEmpty()
                ? finding
                : breach(Severity.WARNING, "a CA bundle that is no authority, but one certificate", RESTART)
                        .about(narrow);
    }

    private static String problem(WebhookFacts webhook, List<EndpointFacts> endpoints, LocalDate today) {
        Optional<String> untrusted = WebhookTrust.problem(webhook, today);
        if (untrusted.isPresent()) {
            return untrusted.get();
        }
        boolean answers = webhook.service().isEmpty()
                || !webhook.service().startsWith(StackFacts.KAI_NAMESPACE + "/")
                || endpoints.stream()
                        .anyMatch(e -> (e.namespace() + "/" + e.service()).equals(webhook.service()) && e.ready() > 0);
        return answers ? "" : "no ready endpoint of " + webhook.service();
    }
}
