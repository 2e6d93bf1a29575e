// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** CN-1, OP-1: what the cloud itself says is wrong. */
public final class Health extends AbstractCheck {
    private static final Predicate<String> BAD =
            Pattern.compile("(?i).*(fail|degraded|error).*").asMatchPredicate();

    public Health() {
        super(
                "pool.health",
                "pools about which the cloud has no complaint",
                Requirement.CN_1,
                Severity.ERROR,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.pools(),
                pools -> each(
                        pools,
                        "pools",
                        p -> p.issues().isEmpty() && !BAD.test(p.status()),
                        p -> p.name() + ": "
                                + (p.issues().isEmpty()
                                        ? p.status()
                                        : p.issues().get(0)),
                        "Mend what the cloud reports; a stock-out needs another zone, type or reservation."));
    }
}
