// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Caller;
import io.osmo.backend.azure.internal.CallerReader;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whether the token names its owner, who becomes an administrator of the cluster. */
final class CallerCheck extends PreflightCheck<AzureContext> {
    CallerCheck() {
        super("identity");
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<AzureContext> survey) {
        return survey.observation()
                .of(CallerReader.INSTANCE)
                .thenApply(reading -> reading.toInventory().attachment(Caller.class).stream()
                        .filter(caller -> caller.objectId().isEmpty())
                        .map(caller -> warn(
                                "the token does not name its owner, so the owner is not made administrator of the cluster",
                                "Name the owner in admins, by object id."))
                        .toList());
    }
}
