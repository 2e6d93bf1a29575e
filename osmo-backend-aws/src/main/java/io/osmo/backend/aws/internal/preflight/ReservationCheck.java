// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.pool.PoolConcern;
import io.osmo.backend.aws.internal.pool.PoolReader;
import io.osmo.backend.aws.internal.pool.ReservationReader;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the capacity reservations that the spec names have room for its pools. */
final class ReservationCheck extends RulesCheck<AwsContext> {
    ReservationCheck() {
        super(
                "reservations",
                Optional.of(Requirement.CN_1),
                "",
                List.of("operatorPool", "computePools", "settings.pools"),
                // Alternatives of pools that exist are judged otherwise.
                List.of(ReservationReader.INSTANCE, PoolReader.INSTANCE));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<AwsContext> survey, Inventory inventory) {
        List<PreflightFinding> findings = new ArrayList<>();
        PoolConcern.unreadReservations(inventory)
                .forEach(id -> findings.add(unknown(
                        "reservation " + id + " could not be read", "Grant ec2:DescribeCapacityReservations.")));
        PoolConcern.readReservations(survey.spec(), inventory).forEach(text -> findings.add(pass(text)));
        return findings;
    }
}
