// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Reservation;
import com.google.container.v1.NodePool;
import com.google.container.v1.ReservationAffinity;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.compute.ComputeResources;
import java.util.Map;
import java.util.Optional;

/** PoolReservations of machines in Compute that pools name. */
final class PoolReservations {
    private static final String KEY = "compute.googleapis.com/reservation-name";

    private final GcpProject project;
    private final ComputeResources compute;

    PoolReservations(GcpProject project, ComputeResources compute) {
        this.project = project;
        this.compute = compute;
    }

    /** The reservation that a pool names. */
    static Optional<String> of(NodePool pool) {
        ReservationAffinity affinity = pool.getConfig().getReservationAffinity();
        return affinity.getConsumeReservationType() == ReservationAffinity.Type.SPECIFIC_RESERVATION
                ? affinity.getValuesList().stream().findFirst()
                : Optional.empty();
    }

    /** Gives a machine the affinity of its pool. */
    static void apply(NodePool pool, Instance.Builder instance) {
        of(pool).ifPresent(name -> instance.getReservationAffinityBuilder()
                .setConsumeReservationType("SPECIFIC_RESERVATION")
                .setKey(KEY)
                .addValues(name));
    }

    /** Why a machine of a pool cannot be started in a zone. */
    Optional<String> problem(NodePool pool, String zone) {
        return of(pool).flatMap(name -> {
            Reservation reservation = compute.find(project.path("zones/" + zone + "/reservations/" + name))
                    .map(Reservation.class::cast)
                    .orElse(null);
            if (reservation == null) {
                return Optional.of("Specified reservations [" + name + "] do not exist.");
            }
            String type =
                    reservation.getSpecificReservation().getInstanceProperties().getMachineType();
            boolean fits = reservation.getStatus().equals("READY")
                    && reservation.getSpecificReservationRequired()
                    && type.equals(pool.getConfig().getMachineType());
            if (!fits) {
                return Optional.of("The reservation must have specificReservationRequired set, be READY and have the"
                        + " same machine properties as the instance: [" + name + "].");
            }
            return used(name, zone) < reservation.getSpecificReservation().getCount()
                    ? Optional.empty()
                    : Optional.of(
                            "Specified reservation '" + name + "' does not have available resources for the request.");
        });
    }

    private long used(String name, String zone) {
        return compute.all("instances").entrySet().stream()
                .filter(each -> ResourceNames.scope(each.getKey()).equals(zone))
                .map(Map.Entry::getValue)
                .filter(row -> ((Instance) row)
                        .getReservationAffinity()
                        .getValuesList()
                        .contains(name))
                .count();
    }
}
