// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Refusals;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import java.net.UnknownHostException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** How AWS refuses calls that a fault strikes. */
public final class AwsRefusals implements Refusals {
    @Override
    public RuntimeException throttled(Call call) {
        return service(call).equals("ec2")
                ? refused(call, 503, "RequestLimitExceeded", "Request limit exceeded.")
                : refused(call, 400, "ThrottlingException", "Rate exceeded");
    }

    @Override
    public RuntimeException unavailable(Call call) {
        return refused(call, 503, "ServiceUnavailable", "Service is unable to handle request.");
    }

    @Override
    public RuntimeException denied(Call call) {
        return refused(
                call,
                403,
                service(call).equals("ec2") ? "UnauthorizedOperation" : "AccessDeniedException",
                "User is not authorized to perform: " + call.operation());
    }

    /** A call that the caller's policies do not allow. */
    static RuntimeException denied(AwsAccount account, Call call, String action) {
        boolean ec2 = service(call).equals("ec2");
        String message = "User: " + account.arn("sts", "", AwsAccount.CALLER) + " is not authorized to perform: "
                + action + " because no identity-based policy allows the " + action + " action";
        return AwsErrors.of(
                service(call),
                403,
                ec2 ? "UnauthorizedOperation" : service(call).equals("iam") ? "AccessDenied" : "AccessDeniedException",
                ec2 ? "You are not authorized to perform this operation. " + message : message);
    }

    @Override
    public RuntimeException refused(Call call, int status, String code, String message) {
        return AwsErrors.of(service(call), status, code, message);
    }

    private static String service(Call call) {
        return call.operation().substring(0, call.operation().indexOf(':'));
    }

    /** As the SDK says that a name does not resolve. */
    static RuntimeException unknownHost(String host) {
        return SdkClientException.create(
                "Received an UnknownHostException when attempting to interact with a service. See cause for the exact"
                        + " endpoint that is failing to resolve.",
                new UnknownHostException(host));
    }

    @Override
    public RuntimeException disconnected(Call call) {
        return SdkClientException.create("Unable to execute HTTP request: Connection reset");
    }
}
