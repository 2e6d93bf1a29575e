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
import software.amazon.awssdk.core.exception.SdkException;
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
            context.clients().credentials().resolveCredentials();
        } catch (SdkException missing) {
            return fail(
                    "there are no credentials: " + summary(missing),
                    "Set AWS_PROFILE, run aws sso login, or give the process a role.");
        }
        try {
            GetCallerIdentityResponse who = context.call(
                    "sts:GetCallerIdentity", () -> context.clients().sts().getCallerIdentity());
            return pass("account " + who.account() + " as " + who.arn());
        } catch (CloudException refused) {
            if (refused.error() == CloudError.NOT_AUTHORISED) {
                return fail(
                        "AWS refuses the credentials: " + refused.getMessage(),
                        "Renew them (aws sso login, aws sts get-caller-identity), or use others.");
            }
            throw refused;
        }
    }

    /** The SDK lists every place in which it has looked; what comes before the list is enough. */
    private static String summary(SdkException missing) {
        String message = String.valueOf(missing.getMessage());
        int end = message.indexOf(" : [");
        return end < 0 ? message : message.substring(0, end);
    }
}
