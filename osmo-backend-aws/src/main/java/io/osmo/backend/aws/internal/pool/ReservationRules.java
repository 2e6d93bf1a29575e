// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.catalog.Reservations;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.SpecPaths;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;
import software.amazon.awssdk.services.ec2.model.CapacityReservationState;
import software.amazon.awssdk.services.ec2.model.CapacityReservationType;

/**
 * Compares the capacity reservations of a spec with what its pools need. A node group with a reservation that does not fit starts no
 * node, and reports that only after 20 minutes. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/capacity-blocks-mng.html">EKS: capacity blocks</a>
 */
final class ReservationRules {
    /** A reservation that ends sooner is over before its nodes have done anything. */
    private static final Duration SHORTEST = Duration.ofHours(1);

    private ReservationRules() {}

    static List<Violation> check(BackendSpec spec, Inventory inventory) {
        return inventory
                .attachment(Reservations.class)
                .map(reservations -> check(spec, reservations))
                .orElse(List.of());
    }

    private static List<Violation> check(BackendSpec spec, Reservations reservations) {
        Map<String, Integer> taken = new HashMap<>();
        return SpecPaths.eachPool(
                spec,
                (pool, path) -> pool.reservation()
                        .filter(id -> !reservations.unread().contains(id))
                        .map(id -> {
                            CapacityReservation found = reservations.found().get(id);
                            if (found == null) {
                                return List.of(Requirement.CN_1.violation(
                                        path + ".reservation",
                                        id,
                                        "a capacity reservation of this account in " + spec.region()
                                                + ", or one that is shared with it",
                                        "Check the id, the region and the account."));
                            }
                            List<Violation> violations = new ArrayList<>();
                            state(pool, path, found, reservations.readAt(), violations);
                            fit(pool, path, found, violations);
                            kind(spec, pool, found, violations);
                            count(
                                    pool,
                                    path,
                                    found,
                                    reservations.running().getOrDefault(pool.name(), 0),
                                    taken,
                                    violations);
                            return violations;
                        })
                        .orElse(List.of()));
    }

    /** What could not be read, and what is right now but will not be. */
    static List<String> warnings(BackendSpec spec, Inventory inventory) {
        List<String> warnings = new ArrayList<>();
        inventory.attachment(Reservations.class).ifPresent(reservations -> {
            for (NodePool pool : spec.pools()) {
                pool.reservation().ifPresent(id -> warn(pool, id, reservations, warnings));
            }
        });
        return warnings;
    }

    /** What is known of the reservations, a line for each pool. */
    static List<String> describe(BackendSpec spec, Inventory inventory) {
        List<String> lines = new ArrayList<>();
        inventory
                .attachment(Reservations.class)
                .ifPresent(reservations -> spec.pools()
                        .forEach(pool -> pool.reservation()
                                .flatMap(id ->
                                        Optional.ofNullable(reservations.found().get(id)))
                                .ifPresent(found -> lines.add("pool " + pool.name() + ": "
                                        + found.capacityReservationId()
                                        + " has " + found.availableInstanceCount() + " of " + found.totalInstanceCount()
                                        + " instances free for " + found.instanceType() + " in "
                                        + found.availabilityZone()))));
        return lines;
    }

    private static void warn(NodePool pool, String id, Reservations reservations, List<String> warnings) {
        String which = "Reservation " + id + " of pool " + pool.name();
        if (reservations.unread().contains(id)) {
            warnings.add(which + " could not be read, so its state, zone, type and free instances are not known. Grant"
                    + " ec2:DescribeCapacityReservations.");
            return;
        }
        CapacityReservation found = reservations.found().get(id);
        if (found == null) {
            return;
        }
        if (found.endDate() != null) {
            warnings.add(which + " ends at " + found.endDate() + ", and its nodes with it.");
        }
        if (isLater(found)) {
            warnings.add(which + " begins at " + found.startDate() + ": the pool gets no nodes before then.");
        }
        if (found.totalInstanceCount() != null
                && found.totalInstanceCount() < pool.scale().max()) {
            warnings.add(which + " has " + found.totalInstanceCount() + " instances, so the pool never reaches its "
                    + pool.scale().max() + " nodes.");
        }
    }

    private static boolean isLater(CapacityReservation found) {
        return found.state() == CapacityReservationState.SCHEDULED;
    }

    private static void state(
            NodePool pool, String path, CapacityReservation found, Instant now, List<Violation> violations) {
        boolean waits = isLater(found) && pool.scale().initial() == 0;
        if (found.state() != CapacityReservationState.ACTIVE && !waits) {
            violations.add(Requirement.CN_1.violation(
                    path + ".reservation",
                    found.capacityReservationId() + ", " + found.stateAsString()
                            + (isLater(found) ? " for " + found.startDate() : ""),
                    "an active reservation",
                    isLater(found)
                            ? "Apply once it is active, or let the pool begin with 0 nodes."
                            : "Name another reservation, or leave it out."));
        } else if (found.endDate() != null && found.endDate().isBefore(now.plus(SHORTEST))) {
            violations.add(Requirement.CN_1.violation(
                    path + ".reservation",
                    found.capacityReservationId() + ", which ends at " + found.endDate(),
                    "a reservation that lasts for another hour at least",
                    "Extend it, or name another one."));
        }
    }

    private static void fit(NodePool pool, String path, CapacityReservation found, List<Violation> violations) {
        if (found.availabilityZone() != null && !pool.zones().contains(found.availabilityZone())) {
            violations.add(Requirement.CN_1.violation(
                    path + ".zones",
                    String.join(", ", pool.zones()),
                    found.availabilityZone() + ", the zone of " + found.capacityReservationId(),
                    "Name that zone, or another reservation."));
        }
        List<String> others = PoolTypes.of(pool).stream()
                .filter(type -> !type.equals(found.instanceType()))
                .toList();
        if (!others.isEmpty()) {
            violations.add(Requirement.CN_1.violation(
                    path + ".instanceTypes",
                    String.join(", ", others),
                    found.instanceType() + ", the type of " + found.capacityReservationId(),
                    "Name that type alone, or another reservation."));
        }
    }

    private static void kind(BackendSpec spec, NodePool pool, CapacityReservation found, List<Violation> violations) {
        boolean wanted = EksSettings.of(spec.settings()).pool(pool.name()).capacityBlock();
        boolean block = found.reservationType() == CapacityReservationType.CAPACITY_BLOCK;
        if (found.reservationType() != null && wanted != block) {
            violations.add(Requirement.CN_1.violation(
                    "settings.pools." + pool.name() + ".capacityBlock",
                    String.valueOf(wanted),
                    block
                            ? "true, since " + found.capacityReservationId() + " is a capacity block"
                            : "false, since " + found.capacityReservationId() + " is no capacity block",
                    "Set it so, or name another reservation."));
        }
    }

    /** @param taken places that pools before this one take, by reservation */
    private static void count(
            NodePool pool,
            String path,
            CapacityReservation found,
            int running,
            Map<String, Integer> taken,
            List<Violation> violations) {
        int missing = Math.max(0, pool.scale().initial() - running);
        int before = taken.getOrDefault(found.capacityReservationId(), 0);
        taken.put(found.capacityReservationId(), before + missing);
        if (found.state() == CapacityReservationState.ACTIVE
                && found.availableInstanceCount() != null
                && found.availableInstanceCount() - before < missing) {
            violations.add(Requirement.CN_1.violation(
                    path + ".reservation",
                    found.capacityReservationId() + " with " + found.availableInstanceCount() + " of "
                            + found.totalInstanceCount() + " instances free"
                            + (before > 0 ? ", " + before + " of them for pools before this one" : ""),
                    missing + " free instances, for the initial nodes of the pool",
                    "Enlarge the reservation, stop other instances that use it, or lower scale.initial."));
        }
    }
}
