// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.registration.RegistrationConcern;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whether the resource providers that a backend needs are registered. */
final class RegistrationCheck extends PreflightCheck<AzureContext> {
    RegistrationCheck() {
        super("registration");
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<AzureContext> survey) {
        return survey.inventory()
                .thenApply(inventory -> inventory.attachment(Offers.class).stream()
                        .map(offers -> RegistrationConcern.missing(survey.context(), survey.spec(), offers))
                        .map(missing -> missing.isEmpty()
                                ? pass("all resource providers are registered")
                                : warn(
                                        "not registered yet, and registered by an apply: " + String.join(", ", missing),
                                        "The credential needs the action register/action on the subscription; or have"
                                                + " an owner run az provider register."))
                        .toList());
    }
}
