// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.authorization.RoleAssignments;
import io.osmo.backend.testkit.internal.azure.managedidentity.ResourceIdentities;
import java.util.List;

/** Capacity reservations of pools. The user-assigned identity of the cluster needs the right to use them. */
final class PoolReservations {
    private static final String DEPLOY = "Microsoft.Compute/capacityReservationGroups/deploy/action";

    private final AzureSubscription azure;
    private final ResourceIdentities identities;
    private final RoleAssignments roles;

    PoolReservations(AzureSubscription azure, ResourceIdentities identities, RoleAssignments roles) {
        this.azure = azure;
        this.identities = identities;
        this.roles = roles;
    }

    /** Checks the group of a new pool. Of a group without reservations of its size AKS warns, and does not associate the pool with it. */
    void accept(ObjectNode properties, Resource cluster) {
        String group = properties.path("capacityReservationGroupID").asText("");
        if (group.isEmpty()) {
            return;
        }
        check(group, cluster);
        List<Resource> matching = azure.under(group)
                .filter(reservation -> reservation
                        .body
                        .at("/sku/name")
                        .asText()
                        .equalsIgnoreCase(properties.path("vmSize").asText()))
                .toList();
        if (matching.isEmpty()) {
            properties.remove("capacityReservationGroupID");
            return;
        }
        List<String> zones = Json.strings(properties.path("availabilityZones"));
        List<String> reserved = matching.stream()
                .flatMap(reservation -> Json.strings(reservation.body.path("zones")).stream())
                .toList();
        if (!reserved.containsAll(zones)) {
            throw AksErrors.invalidPool(
                    "capacityReservationGroupID",
                    "its reservations are in zones " + reserved + ", the pool in zones " + zones);
        }
    }

    private void check(String group, Resource cluster) {
        if (azure.find(group).isEmpty()) {
            throw ArmError.badRequest(
                    "CapacityReservationGroupNotFound", "Capacity reservation group " + group + " was not found.");
        }
        String principal = identities
                .principal(cluster.body)
                .orElseThrow(() ->
                        AksErrors.bad("A capacity reservation group needs a cluster with a user-assigned identity."));
        if (!roles.allows(principal, DEPLOY, group)) {
            throw new ArmError(
                    403,
                    "AuthorizationFailed",
                    "The client '" + principal + "' with object id '" + principal
                            + "' does not have authorization to perform action '" + DEPLOY + "' over scope '"
                            + group + "' or the scope is invalid.");
        }
    }
}
