// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.internal.ComputeObjects;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Lookup;
import io.osmo.backend.gcp.internal.Project;
import io.osmo.backend.gcp.internal.ProjectReader;
import io.osmo.backend.gcp.internal.catalog.Reservation;
import io.osmo.backend.gcp.internal.catalog.Reservations;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Reads the reservations of the projects that a spec names. */
final class ReservationReader implements Reader<GcpContext> {
    static final ReservationReader INSTANCE = new ReservationReader();

    private ReservationReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        boolean reserved = spec.stream()
                .flatMap(wanted -> wanted.pools().stream())
                .anyMatch(pool -> pool.reservation().isPresent());
        return reserved ? Needs.reading("compute.reservations.list") : Needs.NONE;
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        Set<String> projects = observation.spec().map(BackendSpec::pools).orElse(List.of()).stream()
                .map(NodePool::reservation)
                .flatMap(Optional::stream)
                .map(text -> Reservation.Ref.of(text, context.project()).project())
                .collect(Collectors.toSet());
        return projects.isEmpty()
                ? CompletableFuture.completedFuture(Reading.empty())
                : ProjectReader.read(context)
                        .thenCompose(project -> context.scheduler().call(() -> read(context, project, projects)))
                        .thenApply(found -> Reading.attachment(Reservations.class, found));
    }

    private static Reservations read(GcpContext context, Project own, Set<String> projects) {
        List<Reservation> all = new ArrayList<>();
        Map<String, String> unread = new TreeMap<>();
        for (String project : projects) {
            Lookup<List<JsonNode>> lookup = ComputeObjects.lookup(context, project, "reservations");
            lookup.found().orElse(List.of()).forEach(json -> all.add(Reservation.of(project, json)));
            lookup.refused().map(CloudException::getMessage).ifPresent(text -> unread.put(project, text));
        }
        return new Reservations(own, all, unread);
    }
}
