// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.authorization.RoleAssignments;
import io.osmo.backend.testkit.internal.azure.managedidentity.ResourceIdentities;
import io.osmo.backend.testkit.internal.azure.network.PrivateZones;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What AKS refuses about an existing private DNS zone: learn.microsoft.com/azure/aks/private-clusters. */
final class ClusterZoneRules {
    private static final Set<String> WORDS = Set.of("", "system", "none");

    private final PrivateZones zones;
    private final ResourceIdentities identities;
    private final RoleAssignments roles;

    ClusterZoneRules(PrivateZones zones, ResourceIdentities identities, RoleAssignments roles) {
        this.zones = zones;
        this.identities = identities;
        this.roles = roles;
    }

    /** @param profiles pools in the request */
    void check(Write write, JsonNode profiles) {
        String id =
                write.properties().at("/apiServerAccessProfile/privateDNSZone").asText("");
        if (WORDS.contains(id.toLowerCase(Locale.ROOT)) || !write.creates()) {
            return;
        }
        Resource zone = zones.find(id)
                .orElseThrow(() -> AksErrors.invalidParameter("The private DNS zone " + id + " was not found."));
        String region = Pattern.quote(write.body().path("location").asText());
        if (!zone.name().matches("([a-z0-9-]{1,32}\\.)?privatelink\\." + region + "\\.azmk8s\\.io")) {
            throw AksErrors.invalidParameter("The private DNS zone " + zone.name()
                    + " is invalid: its name must be privatelink.<region>.azmk8s.io or a subzone of it.");
        }
        String principal = identities
                .principal(write.body())
                .orElseThrow(() ->
                        AksErrors.bad("A custom private DNS zone needs a cluster with a user-assigned identity."));
        require(principal, "Microsoft.Network/privateDnsZones/write", zone.id.text());
        String subnet = profiles.path(0).path("vnetSubnetID").asText("");
        if (!subnet.isEmpty()) {
            require(
                    principal,
                    "Microsoft.Network/virtualNetworks/join/action",
                    subnet.substring(0, subnet.lastIndexOf("/subnets/")));
        }
    }

    private void require(String principal, String action, String scope) {
        if (!roles.allows(principal, action, scope)) {
            throw ArmError.badRequest(
                    "CustomPrivateDNSZoneMissingPermissionError",
                    "Service principal or user-assigned identity must be given permission to read and write to custom"
                            + " private dns zone. Check access result not allowed for action " + action + " on " + scope
                            + ".");
        }
    }
}
