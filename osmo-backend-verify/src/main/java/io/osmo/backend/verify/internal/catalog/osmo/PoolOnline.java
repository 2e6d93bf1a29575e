// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.snapshot.OsmoFacts;

/** The proof of life: unlike the backend's own flag, the status of a pool is not up before the first contact. */
public final class PoolOnline extends OsmoCheck {
    public PoolOnline() {
        super("osmo.pool-online", "every pool of the backend ONLINE", Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return pools(
                osmo,
                pools -> each(
                        pools,
                        "pools of the backend",
                        OsmoFacts.Pool::online,
                        p -> "pool " + p.name() + " is " + p.status(),
                        "OFFLINE: make sure that the operator runs, that its heartbeat arrives, and that the clocks of its node and of the"
                                + " service agree to two minutes. MAINTENANCE: set enable_maintenance of the pool to false."));
    }
}
