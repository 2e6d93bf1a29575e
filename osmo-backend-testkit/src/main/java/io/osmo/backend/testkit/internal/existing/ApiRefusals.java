// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.existing;

import io.osmo.backend.testkit.cluster.EmulatedClusters.Refusal;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Refusals;

/** How a Kubernetes API server refuses. */
public final class ApiRefusals implements Refusals {
    @Override
    public RuntimeException throttled(Call call) {
        return Refusal.of(
                429,
                "TooManyRequests",
                "the server has received too many requests and has asked us to try again later");
    }

    @Override
    public RuntimeException unavailable(Call call) {
        return Refusal.of(503, "ServiceUnavailable", "the server is currently unable to handle the request");
    }

    @Override
    public RuntimeException denied(Call call) {
        return Refusal.of(403, "Forbidden", "forbidden: " + call.operation());
    }

    @Override
    public RuntimeException refused(Call call, int status, String code, String message) {
        return Refusal.of(status, code, message);
    }

    @Override
    public RuntimeException disconnected(Call call) {
        return Refusal.disconnected();
    }
}
