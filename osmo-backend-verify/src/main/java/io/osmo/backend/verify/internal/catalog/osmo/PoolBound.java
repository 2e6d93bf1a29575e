// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import java.util.List;
import java.util.Optional;

/** Users submit to pools. A backend without one gets no work. */
public final class PoolBound extends OsmoCheck {
    public PoolBound() {
        super("osmo.pool-bound", "a pool of the OSMO service that belongs to this backend", Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return given(osmo.pools(), pools -> {
            List<OsmoFacts.Pool> own = pools.stream()
                    .filter(p -> p.backend().equals(osmo.backend()))
                    .toList();
            Optional<OsmoFacts.Pool> other = pools.stream()
                    .filter(p -> osmo.pool().filter(p.name()::equals).isPresent() && !own.contains(p))
                    .findFirst();
            String next = "Set backend of the pool to " + osmo.backend()
                    + " in the values of the OSMO service: osmo.values(spec).serviceYaml() has it.";
            if (other.isPresent()) {
                return breach(
                        "pool " + other.get().name() + " belongs to the backend "
                                + other.get().backend(),
                        next);
            }
            return own.isEmpty() ? breach("no pool belongs to " + osmo.backend(), next) : pass(names(own));
        });
    }
}
