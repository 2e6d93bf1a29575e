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

/** The OSMO service tells its version to each pool: 200 and JSON with a major version, not a login page or a redirect. */
public final class OsmoHttp extends ProbeCheck {
    public OsmoHttp() {
        super("network.osmo-http", "the OSMO service answers from every pool", Requirement.NW_2, Severity.ERROR);
    }

    @Override
    Finding judge(ProbeFacts facts, Evidence evidence) {
        List<ReachFacts> service = facts.reaches().stream()
                .filter(r -> r.target() == Target.SERVICE)
                .toList();
        return service.isEmpty()
                ? skipped("no URL of an OSMO service is known, or it has a path")
                : all(
                        service,
                        "pools that asked for the version",
                        ReachFacts::answer,
                        OsmoHttp::isVersion,
                        OsmoHttp::show,
                        OsmoHttp::next);
    }

    static boolean isVersion(Answer answer) {
        return answer.status() == 200
                && answer.body().stripLeading().startsWith("{")
                && answer.body().contains("\"major\"");
    }

    static String show(Answer answer) {
        return answer.status() == 200 ? "HTTP 200, but no version of OSMO in the answer" : answer.describe();
    }

    static String next(Answer answer) {
        return answer.answered()
                ? "Set osmo.serviceUrl to the gateway of the OSMO service; GET /api/version must answer without a login."
                : Remedies.of(answer);
    }
}
