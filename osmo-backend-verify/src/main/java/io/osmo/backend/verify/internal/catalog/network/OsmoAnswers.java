// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.verify.internal.catalog.probe.ProbeRemedies;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import java.util.Set;

/** Distinguishes answers of the OSMO service from those of anything else at its address. */
final class OsmoAnswers {
    /** Statuses of a service that upgrades the connection or asks for a login, which only the OSMO service would do. */
    private static final Set<Integer> WEBSOCKET = Set.of(101, 401, 403);

    private OsmoAnswers() {}

    static boolean good(Target target, Answer answer) {
        return target == Target.SERVICE ? isVersion(answer) : WEBSOCKET.contains(answer.status());
    }

    /** 200 and JSON with a major version. */
    private static boolean isVersion(Answer answer) {
        return answer.status() == 200
                && answer.body().stripLeading().startsWith("{")
                && answer.body().contains("\"major\"");
    }

    static String show(Target target, Answer answer) {
        return target == Target.SERVICE && answer.status() == 200
                ? "HTTP 200, but the answer has no OSMO version"
                : answer.describe();
    }

    static String next(Target target, Answer answer) {
        if (!answer.answered()) {
            return ProbeRemedies.of(answer);
        }
        return target == Target.SERVICE
                ? "Set osmo.serviceUrl to the gateway of the OSMO service; GET /api/version must answer without a login."
                : "Let proxies and gateways in between upgrade connections to WebSockets, and set osmo.serviceUrl to the gateway.";
    }
}
