// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.snapshot.OsmoFacts;

/** The flag of the backend stays up for two minutes after the last heartbeat. */
public final class HeartbeatAdvancing extends OsmoCheck {
    public HeartbeatAdvancing() {
        super("osmo.heartbeat-advancing", "a heartbeat of the operator within 30 s", Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return connected(
                osmo,
                backend -> given(
                        osmo.heartbeatAdvances(),
                        advances -> advances
                                ? pass("a new heartbeat")
                                : breach(
                                        "no new heartbeat of " + osmo.backend() + " within 30 s; the last one is of "
                                                + backend.lastHeartbeat()
                                                        .map(Object::toString)
                                                        .orElse("an unknown time"),
                                        "kubectl -n " + evidence.expectations().operatorNamespace()
                                                + " logs deployment/…-backend-listener shows why the listener does not report.")));
    }
}
