// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;

/** Groups of capacity reservations. */
final class CapacityReservationGroups extends ResourceType {
    private final ResourceType reservations;

    CapacityReservationGroups(AzureSubscription azure, ResourceType reservations) {
        super(azure, Traits.tracked("Microsoft.Compute/capacityReservationGroups", Compute.VERSIONS));
        this.reservations = reservations;
    }

    @Override
    protected ObjectNode accept(Write write) {
        write.properties();
        return write.body();
    }

    @Override
    protected void show(Resource group, ObjectNode view) {
        ArrayNode shown = Json.at(view, "properties").putArray("capacityReservations");
        reservations.of(group).forEach(reservation -> shown.addObject().put("id", reservation.id.text()));
    }
}
