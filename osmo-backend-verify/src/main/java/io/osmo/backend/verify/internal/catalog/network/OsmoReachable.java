// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import java.util.List;

/** Each pool reaches the OSMO service itself, not a login page or a proxy in front of it. */
public final class OsmoReachable extends ProbeCheck {
    private final Target target;
    private final String noun;

    private OsmoReachable(String id, String title, Target target, String noun) {
        super(id, title, Requirement.NW_2, Severity.ERROR);
        this.target = target;
        this.noun = noun;
    }

    /** Passes if each pool gets the version of the OSMO service. */
    public static OsmoReachable osmoHttp() {
        return new OsmoReachable(
                "network.osmo-http",
                "the OSMO service reachable from every pool",
                Target.SERVICE,
                "requests for the version");
    }

    /** WebSocket requests of each pool reach the OSMO service. */
    public static OsmoReachable osmoWebsocket() {
        return new OsmoReachable(
                "network.osmo-websocket",
                "WebSocket connections from every pool to the OSMO service",
                Target.WEBSOCKET,
                "requests for a WebSocket");
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        List<ReachFacts> asked = reaches(facts, target);
        return asked.isEmpty()
                ? skipped("the URL of the OSMO service is not known, or it has a path")
                : all(
                        asked,
                        noun,
                        ReachFacts::answer,
                        answer -> OsmoAnswers.good(target, answer),
                        answer -> OsmoAnswers.show(target, answer),
                        answer -> OsmoAnswers.next(target, answer));
    }
}
