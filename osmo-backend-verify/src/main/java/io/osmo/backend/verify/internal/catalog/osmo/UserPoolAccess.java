// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import java.util.List;

/** The role of all users names the pool {@code default} only. Another pool needs a role of its own. */
public final class UserPoolAccess extends OsmoCheck {
    public UserPoolAccess() {
        super(
                "osmo.user-pool-access",
                "a role that lets users submit workflows to every pool of the backend",
                Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return pools(osmo, pools -> {
            for (OsmoFacts.Pool pool : pools) {
                if (pool.roles() instanceof Fact.Unknown<List<String>> unread) {
                    return unknown(unread);
                }
            }
            return each(
                    pools,
                    "pools of the backend",
                    p -> p.roles().known().filter(roles -> !roles.isEmpty()).isPresent(),
                    p -> "no role for pool " + p.name(),
                    "Add a role with workflow:* on the pool to the values of the OSMO service: osmo.values(spec).serviceYaml() has it.");
        });
    }
}
