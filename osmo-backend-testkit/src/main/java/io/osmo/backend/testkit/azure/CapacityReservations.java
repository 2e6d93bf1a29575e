// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Groups of capacity reservations, and the reservations in them. */
final class CapacityReservations {
    private static final String[] VERSIONS = {"2025-04-01", "2024-11-01", "2024-07-01", "2024-03-01"};

    final ResourceType groups;
    final ResourceType reservations;

    CapacityReservations(AzureSubscription azure) {
        reservations = new PlainType(
                azure, "Microsoft.Compute/capacityReservationGroups/capacityReservations", true, List.of(), VERSIONS);
        groups = new Group(azure, reservations);
    }

    private static final class Group extends ResourceType {
        private final ResourceType reservations;

        Group(AzureSubscription azure, ResourceType reservations) {
            super(azure, "Microsoft.Compute/capacityReservationGroups", VERSIONS);
            this.reservations = reservations;
        }

        @Override
        ObjectNode accept(Write write) {
            write.properties();
            return write.body();
        }

        @Override
        void show(Resource group, ObjectNode view) {
            ArrayNode held = Json.at(view, "properties").putArray("capacityReservations");
            azure.under(group.id.text())
                    .filter(r -> r.is(reservations))
                    .forEach(r -> held.addObject().put("id", r.id.text()));
        }
    }
}
