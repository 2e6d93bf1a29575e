// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.existing;

import io.osmo.backend.testkit.cluster.EmulatedClusters.Refusal;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Refusals;

/** How a Kubernetes API server refuses. */
public final class ApiRefusals implements Refusals {
    /** A refusal on its way to the server. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Refusal refusal;

        Refused(int status, String reason, String message) {
            this(new Refusal(status, reason, message));
        }

        Refused(Refusal refusal) {
            super(refusal.message(), null, false, false);
            this.refusal = refusal;
        }

        public Refusal refusal() {
            return refusal;
        }
    }

    @Override
    public RuntimeException throttled(Call call) {
        return new Refused(
                429,
                "TooManyRequests",
                "the server has received too many requests and has asked us to try again later");
    }

    @Override
    public RuntimeException unavailable(Call call) {
        return new Refused(503, "ServiceUnavailable", "the server is currently unable to handle the request");
    }

    @Override
    public RuntimeException denied(Call call) {
        return new Refused(403, "Forbidden", "forbidden: " + call.operation());
    }

    @Override
    public RuntimeException refused(Call call, int status, String code, String message) {
        return new Refused(status, code, message);
    }

    @Override
    public RuntimeException disconnected(Call call) {
        return new Refused(Refusal.disconnected());
    }
}
