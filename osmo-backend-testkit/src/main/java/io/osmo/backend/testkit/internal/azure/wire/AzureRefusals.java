// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.wire;

import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Refusals;
import io.osmo.backend.testkit.internal.azure.arm.Access;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.OperationName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** The errors of ARM that tests ask for. */
public final class AzureRefusals implements Refusals {
    private static final Duration THROTTLED = Duration.ofSeconds(10);

    @Override
    public RuntimeException throttled(Call call) {
        return new ArmError(
                429,
                "SubscriptionRequestsThrottled",
                "Number of requests for subscription exceeded the limit. Please try again after '"
                        + THROTTLED.toSeconds() + "' seconds.",
                THROTTLED);
    }

    @Override
    public RuntimeException unavailable(Call call) {
        return new ArmError(503, "ServiceUnavailable", "The service is temporarily unavailable. Please try again.");
    }

    @Override
    public RuntimeException denied(Call call) {
        OperationName operation = OperationName.of(call);
        return denied(
                call,
                new Access(
                        operation.type() + "/" + action(operation.verb()),
                        call.request(ArmRequest.class).path()));
    }

    /** A request that the caller's roles do not allow, where it goes or at what it links to. */
    static ArmError denied(Call call, Access missing) {
        String path = call.request(ArmRequest.class).path();
        String client =
                "The client '" + AzureSubscription.CALLER + "' with object id '" + AzureSubscription.CALLER + "' ";
        return missing.scope().equals(path)
                ? new ArmError(
                        403,
                        "AuthorizationFailed",
                        client + "does not have authorization to perform action '" + missing.action() + "' over scope '"
                                + path
                                + "' or the scope is invalid. If access was recently granted, please refresh your"
                                + " credentials.")
                : new ArmError(
                        403,
                        "LinkedAuthorizationFailed",
                        client + "has permission to perform the request on scope '" + path
                                + "'; however, it does not have permission to perform action(s) '" + missing.action()
                                + "' on the linked scope(s) '" + missing.scope()
                                + "' or the linked scope(s) are invalid.");
    }

    private static String action(String verb) {
        return switch (verb) {
            case "PUT", "PATCH" -> "write";
            case "DELETE" -> "delete";
            case "POST" -> "action";
            default -> "read";
        };
    }

    @Override
    public RuntimeException refused(Call call, int status, String code, String message) {
        return new ArmError(status, code, message);
    }

    @Override
    public RuntimeException disconnected(Call call) {
        return new UncheckedIOException(new IOException("Connection reset"));
    }
}
