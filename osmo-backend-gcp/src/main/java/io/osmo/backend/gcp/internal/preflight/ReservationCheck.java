// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.pool.PoolConcern;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.List;

/** Whether the reservations that the spec names can give their machines to its pools. */
final class ReservationCheck extends RulesCheck<GcpContext> {
    ReservationCheck() {
        super("reservations", Requirement.CN_1, "", List.of());
    }

    static boolean isOne(Violation violation) {
        return violation.path().endsWith(".reservation");
    }

    @Override
    protected boolean judges(Violation violation) {
        return isOne(violation);
    }

    @Override
    protected List<PreflightFinding> passed(Survey<GcpContext> survey, Inventory inventory) {
        List<PreflightFinding> findings = new ArrayList<>();
        PoolConcern.unreadReservations(survey.spec(), inventory)
                .forEach(text -> findings.add(unknown(text, "Grant compute.reservations.list in that project.")));
        PoolConcern.readReservations(survey.spec(), inventory).forEach(text -> findings.add(pass(text)));
        return findings;
    }
}
