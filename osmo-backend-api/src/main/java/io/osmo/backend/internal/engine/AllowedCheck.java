// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.DisruptionNotAllowedException;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import java.util.List;

/** Holds what would be done to running work against what the caller allows. A plan to destroy says everything by its kind. */
public final class AllowedCheck {
    private AllowedCheck() {}

    /** @throws DisruptionNotAllowedException with everything that exceeds the limit */
    public static void require(Plan plan, List<Change> changes, Disruption allowed) {
        List<Change> exceeding = plan.kind() == Plan.Kind.DESTROY
                ? List.of()
                : changes.stream()
                        .filter(change -> change.disruption().exceeds(allowed))
                        .toList();
        if (!exceeding.isEmpty()) {
            throw new DisruptionNotAllowedException(
                    plan.ref().toString(),
                    exceeding.stream().map(Change::disruption).reduce(Disruption.NONE, Disruption::or),
                    allowed,
                    exceeding.stream()
                            .map(change -> change.disruption() + ": " + change.description() + " " + change.reason())
                            .toList());
        }
    }
}
