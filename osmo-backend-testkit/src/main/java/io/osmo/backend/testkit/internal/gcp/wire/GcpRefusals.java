// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Refusals;
import io.osmo.backend.testkit.internal.gcp.GcpError;

/** How Google Cloud refuses calls. */
public final class GcpRefusals implements Refusals {
    @Override
    public RuntimeException throttled(Call call) {
        return GcpError.of(
                429,
                "rateLimitExceeded",
                "Quota exceeded for quota metric 'Requests' of " + Dispatcher.serviceOf(call.operation()));
    }

    @Override
    public RuntimeException unavailable(Call call) {
        return GcpError.unavailable("The service is currently unavailable.");
    }

    @Override
    public RuntimeException denied(Call call) {
        return GcpError.denied("Required permission for '" + call.operation() + "' is missing.");
    }

    /** A call that the caller's roles do not allow. */
    static RuntimeException denied(String permission) {
        return GcpError.denied("Permission '" + permission + "' denied on resource (or it may not exist).");
    }

    /** A call that the caller's roles allow elsewhere only. */
    static RuntimeException denied(String permission, String resource) {
        return GcpError.denied(
                "Permission '" + permission + "' denied on resource '" + resource + "' (or it may not exist).");
    }

    @Override
    public RuntimeException refused(Call call, int status, String code, String message) {
        return GcpError.of(status, code, message);
    }

    @Override
    public RuntimeException disconnected(Call call) {
        return GcpError.disconnected();
    }
}
