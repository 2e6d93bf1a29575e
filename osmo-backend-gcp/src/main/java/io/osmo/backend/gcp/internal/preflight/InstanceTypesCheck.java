// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.pool.PoolConcern;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;

/** Whether the machines of the pools are sold in their zones. */
final class InstanceTypesCheck extends RulesCheck<GcpContext> {
    InstanceTypesCheck() {
        super("instance-types", Requirement.CN_1, "", List.of("computePools", "operatorPool"));
    }

    @Override
    protected boolean judges(Violation violation) {
        return super.judges(violation) && !ReservationCheck.isOne(violation);
    }

    @Override
    protected List<PreflightFinding> passed(Survey<GcpContext> survey, Inventory inventory) {
        return inventory.attachment(Offers.class).stream()
                .flatMap(offers -> PoolConcern.machines(survey.context(), survey.spec(), inventory, offers).stream())
                .map(pool ->
                        pass("pool " + pool.pool().name() + ": " + pool.shape().machineType()
                                + pool.shape()
                                        .attached()
                                        .map(type -> " with " + pool.shape().count() + " " + type)
                                        .orElse("")
                                + " sold in " + String.join(", ", pool.wanted().getLocationsList())))
                .toList();
    }
}
