// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.Reservations;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;

/** Reads the capacity reservations that the spec names, one call each: an unknown id fails the call. */
public final class ReservationReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new ReservationReader();

    private ReservationReader() {}

    /** @param reservation empty when there is none of this id, or when it may not be read */
    private record Answer(String id, boolean read, Optional<CapacityReservation> reservation) {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        boolean reserved = spec.stream()
                .flatMap(wanted -> wanted.pools().stream())
                .anyMatch(pool -> pool.reservation().isPresent());
        return reserved ? Needs.reading("ec2:DescribeCapacityReservations") : Needs.NONE;
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        List<String> ids = observation.spec().stream()
                .flatMap(spec -> spec.pools().stream())
                .flatMap(pool -> pool.reservation().stream())
                .distinct()
                .toList();
        if (ids.isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        BackendSpec spec = observation.spec().orElseThrow();
        return Futures.all(ids.stream()
                        .map(id -> context.scheduler().call(() -> ask(context, id)))
                        .toList())
                .thenCombine(
                        observation.of(PoolReader.INSTANCE),
                        (answers, pools) -> Reading.attachment(
                                Reservations.class, reservations(context, spec, answers, pools.toInventory())));
    }

    private static Answer ask(AwsContext context, String id) {
        try {
            return new Answer(
                    id,
                    true,
                    context.find(
                                    "ec2:DescribeCapacityReservations",
                                    () -> context.ec2()
                                            .describeCapacityReservations(r -> r.capacityReservationIds(id))
                                            .capacityReservations())
                            .flatMap(found -> found.stream().findFirst()));
        } catch (CloudException refused) {
            if (refused.error() == CloudError.NOT_AUTHORIZED) {
                return new Answer(id, false, Optional.empty());
            }
            throw refused;
        }
    }

    private static Reservations reservations(
            AwsContext context, BackendSpec spec, List<Answer> answers, Inventory pools) {
        Map<String, CapacityReservation> found = new HashMap<>();
        Set<String> unread = new HashSet<>();
        answers.forEach(answer -> {
            answer.reservation().ifPresent(reservation -> found.put(answer.id(), reservation));
            if (!answer.read()) {
                unread.add(answer.id());
            }
        });
        Map<String, Integer> running = new HashMap<>();
        spec.pools()
                .forEach(pool -> running.put(
                        pool.name(),
                        PoolGroups.of(context, pool.name(), pools).all().stream()
                                .mapToInt(PoolGroups::nodes)
                                .sum()));
        return new Reservations(found, unread, running, context.scheduler().now());
    }
}
