// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.snapshot.IdleFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;

/**
 * Load balancers and proxies between the operator and the OSMO service keep a connection open that is silent for 64 s. The worker's
 * WebSocket is silent for up to 60 s. The probe uses an HTTP connection, because a WebSocket needs a login; load balancers have one
 * idle timeout for both.
 */
public final class WsIdle extends ProbeCheck {
    public WsIdle() {
        super(
                "network.ws-idle",
                "connections to the OSMO service that stay open through a minute of silence",
                Requirement.NW_2,
                Severity.WARNING);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        return facts.idle().isEmpty()
                ? skipped(
                        "no probe of an idle connection was requested, or the URL of the OSMO service is not known, or it has a path")
                : all(
                        facts.idle(),
                        "idle connections",
                        IdleFacts::kept,
                        kept -> kept,
                        kept -> "closed or dropped within 64 s of silence",
                        kept ->
                                "Raise the idle timeout of load balancers, gateways and proxies in between above 60 s, which"
                                        + " is the default of many load balancers, and of proxy_read_timeout of nginx.");
    }
}
