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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** Whether the machines of the pools are sold in their zones, and GKE offers the images of their nodes. */
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
        LocalDate today = LocalDate.ofInstant(survey.context().scheduler().now(), ZoneOffset.UTC);
        return inventory.attachment(Offers.class).stream()
                .flatMap(offers -> PoolConcern.machines(survey.context(), survey.spec(), inventory, offers).stream()
                        .flatMap(pool -> Stream.concat(
                                Stream.of(finding(pool, offers, today)),
                                PoolConcern.missingImage(pool, inventory).stream()
                                        .map(text -> image(pool, text)))))
                .toList();
    }

    private PreflightFinding image(PoolConcern.Machines pool, String text) {
        String message = "pool " + pool.pool().name() + ": " + text;
        String remedy = "Use another settings.gpuDriver, or a version of osmo-backend that knows GKE's newer images.";
        return pool.existing().isPresent() ? warn(message, remedy) : fail(message, remedy);
    }

    private PreflightFinding finding(PoolConcern.Machines pool, Offers offers, LocalDate today) {
        List<String> ending = offers.deprecations(pool.shape(), found -> found.isWarning(today));
        String message = "pool " + pool.pool().name() + ": " + pool.shape().machineType()
                + pool.shape()
                        .attached()
                        .map(type -> " with " + pool.shape().count() + " " + type)
                        .orElse("")
                + " sold in " + String.join(", ", pool.wanted().getLocationsList());
        List<String> known = offers.deprecations(pool.shape(), found -> true);
        String told = known.isEmpty() ? message : message + "; " + String.join(", ", known);
        return ending.isEmpty() ? pass(told) : warn(told, "Plan for another machine type.");
    }
}
