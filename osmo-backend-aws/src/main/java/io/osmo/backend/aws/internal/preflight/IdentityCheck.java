// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Whether there are credentials, whether AWS takes them, and whose they are. STS answers without any permission. */
final class IdentityCheck extends PreflightCheck {
    IdentityCheck() {
        super("identity");
    }

    @Override
    CompletableFuture<List<PreflightFinding>> run(AwsContext aws, BackendSpec spec) {
        return aws.scheduler().call(() -> List.of(ask(aws)));
    }

    private PreflightFinding ask(AwsContext aws) {
        try {
            aws.clients().credentials().resolveCredentials();
        } catch (SdkException e) {
            return fail(
                    "there are no credentials: " + firstSentence(e),
                    "Set AWS_PROFILE, run aws sso login, or give the process a role.");
        }
        try {
            GetCallerIdentityResponse who =
                    aws.call("sts:GetCallerIdentity", () -> aws.clients().sts().getCallerIdentity());
            return pass("account " + who.account() + " as " + who.arn());
        } catch (CloudException e) {
            if (e.error() == CloudError.NOT_AUTHORISED) {
                return fail(
                        "AWS refuses the credentials: " + e.getMessage(),
                        "Renew them (aws sso login, aws sts get-caller-identity), or use others.");
            }
            throw e;
        }
    }

    /** The SDK lists each place in which it has looked; the first sentence says what that comes to. */
    private static String firstSentence(SdkException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf(" : [");
        return end < 0 ? message : message.substring(0, end);
    }
}
