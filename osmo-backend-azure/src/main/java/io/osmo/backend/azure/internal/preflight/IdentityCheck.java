// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Whether the credential is accepted, and whether the subscription is enabled.
 *
 * @see <a href="https://learn.microsoft.com/azure/cost-management-billing/manage/subscription-states">Azure: what each state allows</a>
 */
final class IdentityCheck extends PreflightCheck<AzureContext> {
    private static final Set<CloudError> REFUSED =
            Set.of(CloudError.NOT_AUTHORIZED, CloudError.NOT_FOUND, CloudError.INVALID_REQUEST);

    IdentityCheck() {
        super("identity");
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<AzureContext> survey) {
        return survey.context().async(() -> List.of(ask(survey.context())));
    }

    private PreflightFinding ask(AzureContext context) {
        try {
            ArmObject subscription = ArmObject.of(context.arm()
                    .fetch("Microsoft.Resources/subscriptions/read", context.subscriptionId(), "2022-12-01"));
            String state = subscription.text("/state");
            String who = "subscription " + context.subscription() + " (" + subscription.text("/displayName")
                    + ") of tenant " + subscription.text("/tenantId");
            return switch (state) {
                case "", "Enabled" -> pass(who);
                case "PastDue" ->
                    warn(who + " is PastDue: it works until Azure disables it", "Have its payment settled.");
                default ->
                    fail(
                            who + " is " + state + ": nothing can be created in it",
                            "Have the subscription enabled, or name another one.");
            };
        } catch (CloudException refused) {
            if (REFUSED.contains(refused.error())) {
                return fail(String.valueOf(refused.getMessage()), refused.remedy());
            }
            throw refused;
        }
    }
}
