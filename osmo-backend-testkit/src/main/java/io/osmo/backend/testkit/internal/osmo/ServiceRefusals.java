// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Refusals;

/** How the gateway and the service refuse calls that a rule is for. */
public final class ServiceRefusals implements Refusals {
    @Override
    public RuntimeException throttled(Call call) {
        return ServiceRefusal.text(429, "local_rate_limited");
    }

    @Override
    public RuntimeException unavailable(Call call) {
        return ServiceRefusal.text(503, "no healthy upstream");
    }

    @Override
    public RuntimeException denied(Call call) {
        return ServiceRefusal.text(403, "access denied");
    }

    /** Without a code the message is the whole body, such as the page of a load balancer. */
    @Override
    public RuntimeException refused(Call call, int status, String code, String message) {
        return code.isEmpty() ? ServiceRefusal.text(status, message) : ServiceRefusal.of(status, code, message);
    }

    @Override
    public RuntimeException disconnected(Call call) {
        return ServiceRefusal.disconnected();
    }
}
