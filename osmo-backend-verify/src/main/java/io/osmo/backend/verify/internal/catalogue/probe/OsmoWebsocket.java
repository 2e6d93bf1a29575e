// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.probe;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import java.util.List;
import java.util.Set;

/** The way of the operator's WebSocket ends at the OSMO service: it upgrades, or asks who is there, which only it would. */
public final class OsmoWebsocket extends ProbeCheck {
    private static final Set<Integer> GOOD = Set.of(101, 401, 403);

    public OsmoWebsocket() {
        super(
                "network.osmo-websocket",
                "WebSockets of every pool reach the OSMO service",
                Requirement.NW_2,
                Severity.ERROR);
    }

    @Override
    Finding judge(ProbeFacts facts, Evidence evidence) {
        List<ReachFacts> sockets = facts.reaches().stream()
                .filter(r -> r.target() == Target.WEBSOCKET)
                .toList();
        return sockets.isEmpty()
                ? skipped("no URL of an OSMO service is known, or it has a path")
                : all(
                        sockets,
                        "pools that asked for a WebSocket",
                        ReachFacts::answer,
                        OsmoWebsocket::isAsked,
                        Answer::describe,
                        OsmoWebsocket::next);
    }

    static boolean isAsked(Answer answer) {
        return GOOD.contains(answer.status());
    }

    static String next(Answer answer) {
        return answer.answered()
                ? "Let proxies and gateways in between upgrade connections to WebSockets, and name the gateway in"
                        + " osmo.serviceUrl."
                : Remedies.of(answer);
    }
}
