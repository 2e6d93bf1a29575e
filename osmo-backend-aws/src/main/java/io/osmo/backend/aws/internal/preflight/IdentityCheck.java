// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.CallerReader;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Checks that there are credentials and that AWS accepts them, and reports their identity. The call to STS needs no permission. */
final class IdentityCheck extends PreflightCheck<AwsContext> {
    IdentityCheck() {
        super("identity");
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<AwsContext> survey) {
        CompletableFuture<List<PreflightFinding>> known = survey.observation()
                .of(CallerReader.INSTANCE)
                .thenApply(reading -> Caller.of(reading.toInventory()))
                .thenApply(caller -> List.of(pass("account " + caller.account() + " as " + caller.arn())));
        return Futures.recover(known, refused -> {
            if (refused.error() == CloudError.NOT_AUTHORIZED) {
                return List.of(fail(refused.getMessage(), refused.remedy()));
            }
            throw refused;
        });
    }
}
