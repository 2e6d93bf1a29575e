// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.rules.WebhookTrust;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WebhookFacts;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Webhooks of others that are called for every new pod of OSMO, and without whose answer the pod is rejected: of policy engines, of
 * meshes, or left behind by software that was removed. KAI's own have their own check.
 */
public final class PodWebhooks extends AbstractCheck {

    public PodWebhooks() {
        super(
                "security.pod-webhooks",
                "an answer from every webhook without which the API server rejects OSMO's pods, Services or Secrets",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().stack().webhooks(),
                webhooks -> given(evidence.today(), today -> {
                    List<WebhookFacts> required = webhooks.stream()
                            .filter(WebhookFacts::required)
                            .filter(w -> !w.service().startsWith(StackFacts.KAI_NAMESPACE + "/"))
                            .filter(w -> !w.namespaces().equals(Fact.of(Set.of())))
                            .toList();
                    for (WebhookFacts webhook : required) {
                        if (webhook.namespaces() instanceof Fact.Unknown<Set<String>> unread) {
                            return unknown(unread).about(List.of(webhook));
                        }
                        if (!webhook.service().isEmpty()
                                && webhook.endpoints() instanceof Fact.Unknown<Integer> unread) {
                            return unknown(unread).about(List.of(webhook));
                        }
                    }
                    return judge(required, today);
                }));
    }

    private Finding judge(List<WebhookFacts> required, LocalDate today) {
        Finding finding = each(
                required,
                "fail-closed webhooks on objects of OSMO",
                w -> problem(w, today).isEmpty(),
                w -> problem(w, today),
                "Start the service of the webhook again, renew its CA bundle, or delete its configuration if its software was"
                        + " removed: kubectl delete validatingwebhookconfiguration or mutatingwebhookconfiguration NAME.");
        boolean certain = required.stream()
                .anyMatch(w -> !problem(w, today).isEmpty()
                        && !w.conditional().equals(Fact.of(true))
                        && !WebhookTrust.provesItselfOnly(w));
        return finding.status() != severity().breach() || certain
                ? finding
                : breach(Severity.WARNING, finding.observed(), finding.next()).about(finding.resources());
    }

    private static String problem(WebhookFacts webhook, LocalDate today) {
        if (!webhook.service().isEmpty() && webhook.endpoints().equals(Fact.of(0))) {
            return "no ready endpoint of " + webhook.service();
        }
        return WebhookTrust.problem(webhook, today)
                .orElse(
                        WebhookTrust.provesItselfOnly(webhook)
                                ? "a CA bundle that is no authority, but one certificate"
                                : "");
    }
}
