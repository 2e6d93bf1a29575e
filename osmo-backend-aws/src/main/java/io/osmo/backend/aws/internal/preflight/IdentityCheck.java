// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Whether there are credentials, whether AWS takes them, and whose they are. STS answers without any permission. */
final class IdentityCheck extends PreflightCheck<AwsContext> {
    IdentityCheck() {
        super("identity");
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<AwsContext> survey) {
        return survey.context().scheduler().call(() -> List.of(ask(survey.context())));
    }

    private PreflightFinding ask(AwsContext context) {
        try {
            context.call("sts:GetCallerIdentity", context.clients().credentials()::resolveCredentials);
            GetCallerIdentityResponse who = context.call(
                    "sts:GetCallerIdentity", () -> context.clients().sts().getCallerIdentity());
            return pass("account " + who.account() + " as " + who.arn());
        } catch (CloudException refused) {
            if (refused.error() == CloudError.NOT_AUTHORISED) {
                return fail(refused.getMessage(), refused.remedy());
            }
            throw refused;
        }
    }
}
