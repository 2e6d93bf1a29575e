// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.catalog.Reservation;
import io.osmo.backend.gcp.internal.catalog.Reservations;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Requirement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the reservation that a pool names can give it machines. GKE creates a pool whose reservation cannot, and then waits for nodes
 * forever, see <a href="https://docs.cloud.google.com/kubernetes-engine/docs/how-to/consuming-reservations">reservations</a>. Pure.
 */
final class ReservationRules {
    private final Reservations reservations;
    private final NodePool pool;
    private final String name;
    private final String path;

    private ReservationRules(Reservations reservations, NodePool pool, String name, String path) {
        this.reservations = reservations;
        this.pool = pool;
        this.name = name;
        this.path = path + ".reservation";
    }

    /**
     * @param shape machines of the pool
     * @param zones zones of the pool
     * @param exists whether the pool exists, so that its nodes are among those that use the reservation
     */
    static Optional<Violation> check(
            NodePool pool,
            String path,
            Optional<Reservations> reservations,
            MachineShape shape,
            List<String> zones,
            boolean exists) {
        return reservations.flatMap(all -> pool.reservation()
                .flatMap(name -> new ReservationRules(all, pool, name, path).check(shape, zones, exists)));
    }

    private Optional<Violation> check(MachineShape shape, List<String> zones, boolean exists) {
        Reservation.Ref ref = reservations.ref(name);
        if (reservations.unread().containsKey(ref.project())) {
            // A shared reservation can be used by who may not read it.
            return Optional.empty();
        }
        List<Reservation> named = reservations.named(ref);
        if (named.isEmpty()) {
            return violation(
                    name,
                    "a reservation of project " + ref.project(),
                    "Correct the name: gcloud compute reservations list --project " + ref.project() + ".");
        }
        List<Reservation> here =
                named.stream().filter(each -> zones.contains(each.zone())).toList();
        String where = named.stream().map(Reservation::zone).sorted().collect(Collectors.joining(", "));
        if (here.size() < zones.size()) {
            return violation(
                    name + " in " + where,
                    "a reservation in each zone of the pool: " + String.join(", ", zones),
                    "Set zones of the pool to " + where + ", or reserve machines of the same name in the others.");
        }
        return here.stream()
                .flatMap(each -> unusable(each, shape).stream())
                .findFirst()
                .or(() -> tooFew(here, exists));
    }

    private Optional<Violation> unusable(Reservation each, MachineShape shape) {
        if (!each.status().equals(Reservation.READY)) {
            return violation(
                    name + " with status " + each.status(),
                    "a reservation that is READY",
                    "Wait, or name another one.");
        }
        if (!each.specific()) {
            return violation(
                    name + ", which any machine may use",
                    "a reservation with specificReservationRequired",
                    "Name one that is made with --require-specific-reservation, or leave it out and set settings.pools."
                            + pool.name() + ".anyReservation.");
        }
        if (!each.fits(shape)) {
            return violation(
                    name + " of " + each.machineType() + " " + String.join(", ", each.accelerators()),
                    "a reservation of " + shape.machineType()
                            + shape.attached()
                                    .map(type -> " with " + shape.count() + "x" + type)
                                    .orElse(""),
                    "Name a reservation of the machines of the pool.");
        }
        boolean foreign = !each.ref().project().equals(reservations.project().id());
        if (foreign
                && !each.sharedWith().contains(reservations.project().number())
                && !each.sharedWith().contains(reservations.project().id())) {
            return violation(
                    name,
                    "a reservation that is shared with project "
                            + reservations.project().id(),
                    "Share it: gcloud compute reservations update --add-share-with.");
        }
        return Optional.empty();
    }

    private Optional<Violation> tooFew(List<Reservation> here, boolean exists) {
        long count = here.stream()
                .mapToLong(each -> exists ? each.count() : each.free())
                .sum();
        int least = Math.max(pool.scale().min(), exists ? 0 : pool.scale().initial());
        return count < least
                ? violation(
                        name + " with " + count + (exists ? " machines" : " free machines"),
                        "a reservation of " + least + " machines, with which the pool begins",
                        "Reserve more, or lower scale.min.")
                : Optional.empty();
    }

    /** What can be applied but should be known. */
    static List<String> warnings(List<NodePool> pools, Reservations reservations) {
        return pools.stream()
                .flatMap(pool -> pool.reservation().stream()
                        .flatMap(name -> Stream.concat(
                                warning(pool, name, reservations).stream(), ends(pool, name, reservations))))
                .toList();
    }

    static List<String> describe(List<NodePool> pools, Reservations reservations) {
        return pools.stream()
                .flatMap(pool -> pool.reservation().stream()
                        .flatMap(name -> reservations.named(reservations.ref(name)).stream())
                        .map(each -> "pool " + pool.name() + ": " + each.ref().name() + " in " + each.zone() + ", "
                                + each.status() + ", has " + each.free() + " of " + each.count() + " "
                                + each.machineType() + " free"
                                + each.end().map(end -> " until " + end).orElse("")))
                .toList();
    }

    static List<String> unread(List<NodePool> pools, Reservations reservations) {
        return pools.stream()
                .flatMap(pool -> pool.reservation().stream()
                        .flatMap(name -> Stream.ofNullable(
                                reservations.unread().get(reservations.ref(name).project()))))
                .distinct()
                .toList();
    }

    private static Optional<String> warning(NodePool pool, String name, Reservations reservations) {
        Reservation.Ref ref = reservations.ref(name);
        Optional<String> unread = Optional.ofNullable(reservations.unread().get(ref.project()));
        if (unread.isPresent()) {
            return unread.map(text -> "whether reservation " + name + " of pool " + pool.name()
                    + " can be used could not be read: " + text);
        }
        long count =
                reservations.named(ref).stream().mapToLong(Reservation::count).sum();
        return count > 0 && count < pool.scale().max()
                ? Optional.of(
                        "pool " + pool.name() + " may grow to " + pool.scale().max() + " nodes, reservation " + name
                                + " has " + count + " machines: more nodes than that never start")
                : Optional.empty();
    }

    private static Stream<String> ends(NodePool pool, String name, Reservations reservations) {
        return reservations.named(reservations.ref(name)).stream()
                .flatMap(each -> each.end().stream()
                        .map(end -> "reservation " + name + " of pool " + pool.name() + " in " + each.zone()
                                + " is deleted at " + end + ": the pool gets no new node after that"));
    }

    private Optional<Violation> violation(String given, String allowed, String remedy) {
        return Optional.of(Requirement.CN_2.violation(path, given, allowed, remedy));
    }
}
