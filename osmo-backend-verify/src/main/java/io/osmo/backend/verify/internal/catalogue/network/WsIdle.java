// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.network;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.probe.ProbeCheck;
import io.osmo.backend.verify.snapshot.IdleFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;

/**
 * What stands between the operator and the OSMO service leaves a connection alone on which nothing is said for 69 s. The worker's
 * WebSocket is silent for up to 60 s. An HTTP connection is looked at in its place, for a WebSocket takes a login; load balancers
 * have one idle timeout for both.
 */
public final class WsIdle extends ProbeCheck {
    public WsIdle() {
        super(
                "network.ws-idle",
                "connections to the OSMO service kept though nothing is said for a minute",
                Requirement.NW_2,
                Severity.WARNING);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        return facts.idle().isEmpty()
                ? skipped("no idle connection was asked for, or no URL of an OSMO service is known, or it has a path")
                : all(
                        facts.idle(),
                        "idle connections",
                        IdleFacts::kept,
                        kept -> kept,
                        kept -> "closed or dropped within 69 s of silence",
                        kept ->
                                "Raise the idle timeout of load balancers, gateways and proxies on the way above 60 s, which"
                                        + " is the default of many load balancers, and of proxy_read_timeout of nginx.");
    }
}
