// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes plans: observe once, check, compare. */
public final class Planner {
    private Planner() {}

    /** @param spec what is wanted; without one everything is deleted */
    public static CompletableFuture<Plan> plan(CloudSession session, BackendRef ref, Optional<BackendSpec> spec) {
        return session.observe(ref, spec)
                .thenApply(inventory -> Plan.of(
                        ref,
                        spec,
                        difference(session, ref, spec, inventory).changes(),
                        session.warnings(ref, spec, inventory)));
    }

    /** @throws InvalidSpecException when the cloud's answers forbid what the spec wants */
    static Difference difference(
            CloudSession session, BackendRef ref, Optional<BackendSpec> spec, Inventory inventory) {
        if (spec.isEmpty()) {
            return Diff.nothing(ref, session.owned(ref, inventory), inventory);
        }
        List<Violation> violations = session.check(spec.get(), inventory);
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return Diff.wanted(ref, session.graph(spec.get(), inventory), session.owned(ref, inventory), inventory);
    }
}
