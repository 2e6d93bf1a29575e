// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.*;

/** Capacity reservations and purchased capacity blocks. Instances that name one use its capacity. */
public final class CapacityReservations {
    private final Ec2 ec2;
    private final Query<CapacityReservation> query;

    CapacityReservations(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<CapacityReservation>(
                        ec2, "capacity-reservation-id", CapacityReservation::capacityReservationId)
                .attribute("state", CapacityReservation::stateAsString)
                .attribute("availability-zone", CapacityReservation::availabilityZone)
                .attribute("instance-type", CapacityReservation::instanceType);
    }

    CreateCapacityReservationResponse createCapacityReservation(CreateCapacityReservationRequest r) {
        if (!InstanceTypes.isOffered(r.instanceType(), r.availabilityZone())) {
            throw Ec2Errors.of(
                    "Unsupported",
                    "The requested configuration is currently not supported: " + r.instanceType() + " in "
                            + r.availabilityZone());
        }
        return CreateCapacityReservationResponse.builder()
                .capacityReservation(described(
                        ec2,
                        put(
                                ec2,
                                r.instanceType(),
                                r.availabilityZone(),
                                r.instanceCount(),
                                CapacityReservationType.DEFAULT,
                                ec2.account.now(),
                                r.endDate())))
                .build();
    }

    /** A reservation with a start and an end. */
    static CapacityReservation put(
            Ec2 ec2,
            String type,
            String zone,
            int count,
            CapacityReservationType kind,
            Instant start,
            @Nullable Instant end) {
        String id = ec2.account.newId("cr");
        return ec2.capacityReservations.put(
                id,
                CapacityReservation.builder()
                        .capacityReservationId(id)
                        .capacityReservationArn(ec2.arn("ec2", "capacity-reservation/" + id))
                        .ownerId(ec2.account.id())
                        .instanceType(type)
                        .instancePlatform(CapacityReservationInstancePlatform.LINUX_UNIX)
                        .availabilityZone(zone)
                        .tenancy(CapacityReservationTenancy.DEFAULT)
                        .totalInstanceCount(count)
                        .reservationType(kind)
                        .instanceMatchCriteria(InstanceMatchCriteria.TARGETED)
                        .createDate(ec2.account.now())
                        .startDate(start)
                        .endDate(end)
                        .endDateType(end == null ? EndDateType.UNLIMITED : EndDateType.LIMITED)
                        .state(CapacityReservationState.ACTIVE)
                        .build());
    }

    CancelCapacityReservationResponse cancelCapacityReservation(CancelCapacityReservationRequest r) {
        ec2.capacityReservations.update(
                r.capacityReservationId(),
                each -> each.toBuilder()
                        .state(CapacityReservationState.CANCELLED)
                        .build());
        return CancelCapacityReservationResponse.builder().returnValue(true).build();
    }

    DescribeCapacityReservationsResponse describeCapacityReservations(DescribeCapacityReservationsRequest r) {
        Page<CapacityReservation> page = query.page(
                ec2.capacityReservations, r.capacityReservationIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeCapacityReservationsResponse.builder()
                .capacityReservations(
                        page.items().stream().map(each -> described(ec2, each)).toList())
                .nextToken(page.next())
                .build();
    }

    /** Why an instance cannot be launched into a reservation. */
    public static Optional<String> objection(Ec2 ec2, String id, String type, String zone) {
        Optional<CapacityReservation> found = ec2.capacityReservations.find(id).map(each -> described(ec2, each));
        if (found.isEmpty()) {
            return Optional.of(
                    "InvalidCapacityReservationId.NotFound - The capacity reservation " + id + " does not exist.");
        }
        CapacityReservation reservation = found.get();
        boolean fits = reservation.state() == CapacityReservationState.ACTIVE
                && type.equals(reservation.instanceType())
                && zone.equals(reservation.availabilityZone());
        if (!fits) {
            return Optional.of("InvalidParameterValue - The attributes of the instance do not match those of " + id
                    + ", which is " + reservation.stateAsString() + " for " + reservation.instanceType() + " in "
                    + reservation.availabilityZone() + ".");
        }
        return reservation.availableInstanceCount() > 0
                ? Optional.empty()
                : Optional.of("ReservationCapacityExceeded - The requested reservation " + id
                        + " does not have sufficient compatible and available capacity for this request.");
    }

    private static CapacityReservation described(Ec2 ec2, CapacityReservation stored) {
        Instant now = ec2.account.now();
        CapacityReservationState state = stored.state();
        if (state == CapacityReservationState.ACTIVE && stored.startDate().isAfter(now)) {
            state = CapacityReservationState.SCHEDULED;
        } else if (state == CapacityReservationState.ACTIVE
                && stored.endDate() != null
                && !stored.endDate().isAfter(now)) {
            state = CapacityReservationState.EXPIRED;
        }
        int used = (int) ec2.instances
                .where(instance -> stored.capacityReservationId().equals(instance.capacityReservationId()))
                .count();
        List<Tag> tags = ec2.tags.of(stored.capacityReservationId());
        return stored.toBuilder()
                .state(state)
                .availableInstanceCount(
                        state == CapacityReservationState.ACTIVE ? Math.max(0, stored.totalInstanceCount() - used) : 0)
                .tags(tags)
                .build();
    }
}
