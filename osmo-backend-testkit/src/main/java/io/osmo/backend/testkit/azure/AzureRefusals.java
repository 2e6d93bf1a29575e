// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Refusals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** How ARM says no. */
final class AzureRefusals implements Refusals {
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
        return new ArmError(
                403,
                "AuthorizationFailed",
                "The client '" + AzureSubscription.CALLER + "' with object id '" + AzureSubscription.CALLER
                        + "' does not have authorization to perform action '" + Arm.type(call) + "/"
                        + action(call) + "' over scope '"
                        + call.request(ArmRequest.class).path()
                        + "' or the scope is invalid. If access was recently granted, please refresh your credentials.");
    }

    private static String action(Call call) {
        return switch (Arm.verb(call)) {
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
