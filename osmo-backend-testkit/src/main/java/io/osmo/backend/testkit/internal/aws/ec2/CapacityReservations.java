// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import software.amazon.awssdk.services.ec2.model.*;

/** Capacity reservations. */
final class CapacityReservations {
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

    DescribeCapacityReservationsResponse describeCapacityReservations(DescribeCapacityReservationsRequest r) {
        Page<CapacityReservation> page = query.page(
                ec2.capacityReservations, r.capacityReservationIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeCapacityReservationsResponse.builder()
                .capacityReservations(page.items())
                .nextToken(page.next())
                .build();
    }
}
