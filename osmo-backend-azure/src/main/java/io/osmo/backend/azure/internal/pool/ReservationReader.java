// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the capacity reservation groups that the spec names. */
final class ReservationReader implements Reader<AzureContext> {
    static final ReservationReader INSTANCE = new ReservationReader();

    private ReservationReader() {}

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        Optional<BackendSpec> spec = observation.spec();
        List<CompletableFuture<Reading>> parts = new ArrayList<>();
        spec.ifPresent(s -> Reservations.ids(s)
                .forEach(id -> parts.add(context.find(ArmType.CAPACITY_RESERVATION_GROUP, id)
                        .thenApply(found -> Found.existing(PoolRules.reservationId(id), found)))));
        return Reading.all(parts);
    }
}
