// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the capacity reservation groups that the spec names, and what they reserve. */
final class ReservationReader implements Reader<AzureContext> {
    static final ReservationReader INSTANCE = new ReservationReader();

    /** Of a group that was read: its reservations, each with VM size, count and zone. */
    static final String MEMBER = "osmoReservations";

    private ReservationReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        boolean reserved =
                spec.filter(wanted -> !Reservations.ids(wanted).isEmpty()).isPresent();
        return reserved
                ? Needs.reading(
                        ArmType.CAPACITY_RESERVATION_GROUP.action("read"), ArmType.CAPACITY_RESERVATION.action("read"))
                : Needs.NONE;
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        Optional<BackendSpec> spec = observation.spec();
        List<CompletableFuture<Reading>> parts = new ArrayList<>();
        spec.ifPresent(s -> Reservations.ids(s)
                .forEach(id -> parts.add(context.find(ArmType.CAPACITY_RESERVATION_GROUP, id)
                        .thenCombine(
                                context.async(() -> context.arm()
                                        .list(
                                                ArmType.CAPACITY_RESERVATION.action("read"),
                                                id + "/capacityReservations",
                                                ArmType.CAPACITY_RESERVATION.apiVersion())),
                                (group, held) -> Found.existing(
                                        ReservationRules.id(id), group.map(found -> with(found, held)))))));
        return Reading.all(parts);
    }

    private static ArmObject with(ArmObject group, List<JsonNode> reservations) {
        ObjectNode json = group.json().deepCopy();
        json.putArray(MEMBER).addAll(reservations);
        return ArmObject.of(json);
    }
}
