// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Optional;

/** Whether what the spec names as existing can be read and fits. */
final class ExistingCheck extends RulesCheck<AzureContext> {
    ExistingCheck() {
        super(
                "existing",
                Optional.empty(),
                "what the spec names as existing can be read and fits",
                List.of(
                        "network.",
                        "encryption.",
                        "settings.resourceGroup",
                        "settings.nodeResourceGroup",
                        "settings.privateDnsZone"));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<AzureContext> survey, Inventory inventory) {
        BackendSpec spec = survey.spec();
        boolean used = spec.network().existingId().isPresent()
                || spec.encryption().existingKey().isPresent()
                || survey.context().settings().resourceGroup().isPresent()
                || survey.context().settings().privateDnsZone().isPresent();
        return used ? super.passed(survey, inventory) : List.of();
    }
}
