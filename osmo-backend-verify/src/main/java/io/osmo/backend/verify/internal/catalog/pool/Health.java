// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** CN-1, OP-1: problems that the cloud itself reports. */
public final class Health extends AbstractCheck {
    private static final Predicate<String> BAD =
            Pattern.compile("(?i).*(fail|degraded|error).*").asMatchPredicate();

    public Health() {
        super(
                "pool.health",
                "pools that the cloud reports as healthy",
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
                        "Fix what the cloud reports; if it is out of stock, use another zone, instance type or a reservation."));
    }
}
