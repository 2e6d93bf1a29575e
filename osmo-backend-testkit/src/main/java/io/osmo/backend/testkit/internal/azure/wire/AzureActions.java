// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.wire;

import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.internal.azure.arm.Access;
import io.osmo.backend.testkit.internal.azure.arm.OperationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The actions that a request needs: that of its type, and those on what the body links to. Following an operation is a read of its own.
 *
 * @see <a href="https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations">Azure: resource provider
 *     operations</a>
 * @see <a href="https://learn.microsoft.com/azure/aks/aks-service-permissions">AKS: permissions of the identity that creates a cluster</a>
 */
final class AzureActions {
    /** Types as roles spell them, where the path of a request has another. */
    private static final Map<String, String> TYPES = Map.of(
            "Microsoft.Resources/resourceGroups", "Microsoft.Resources/subscriptions/resourceGroups",
            "Microsoft.Resources/providers", "Microsoft.Resources/subscriptions/providers",
            "Microsoft.Resources/resources", "Microsoft.Resources/subscriptions/resources",
            "Microsoft.Resources/resourceGroups/resources",
                    "Microsoft.Resources/subscriptions/resourceGroups/resources");

    /** Where each provider reports the progress of an operation. */
    private static final Map<String, String> OPERATIONS = Map.of(
            "Microsoft.Compute", "Microsoft.Compute/locations/operations/read",
            "Microsoft.ContainerService", "Microsoft.ContainerService/locations/operations/read",
            "Microsoft.DataProtection", "Microsoft.DataProtection/locations/operationStatus/read",
            "Microsoft.KeyVault", "Microsoft.KeyVault/locations/operationResults/read",
            "Microsoft.KubernetesConfiguration", "Microsoft.KubernetesConfiguration/extensions/operations/read",
            "Microsoft.Network", "Microsoft.Network/locations/operations/read",
            "Microsoft.Resources", "Microsoft.Resources/subscriptions/operationresults/read",
            "Microsoft.Storage", "Microsoft.Storage/operations/read");

    /** Ids of what a body links to, with what using it needs. */
    private static final Map<Pattern, String> LINKS = Map.of(
            linked("subnets"), "Microsoft.Network/virtualNetworks/subnets/join/action",
            linked("natGateways"), "Microsoft.Network/natGateways/join/action",
            linked("publicIPAddresses"), "Microsoft.Network/publicIPAddresses/join/action",
            linked("userAssignedIdentities"), "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
            linked("diskEncryptionSets"), "Microsoft.Compute/diskEncryptionSets/read");

    private AzureActions() {}

    private static Pattern linked(String type) {
        return Pattern.compile("\"(/subscriptions/[^\"]+/" + type + "/[^\"]+)\"");
    }

    static List<Access> of(Call call) {
        OperationName operation = OperationName.of(call);
        ArmRequest request = call.request(ArmRequest.class);
        if (operation.verb().equals("POLL")) {
            return List.of(new Access(
                    OPERATIONS.getOrDefault(operation.type(), operation.type() + "/operations/read"), request.path()));
        }
        String type = TYPES.getOrDefault(operation.type(), operation.type());
        List<Access> needed = new ArrayList<>();
        needed.add(new Access(action(operation.verb(), type, request), request.path()));
        if (Set.of("PUT", "PATCH").contains(operation.verb()) && !isRole(type)) {
            LINKS.forEach((linked, action) -> linked.matcher(request.body())
                    .results()
                    .forEach(link -> needed.add(new Access(action, link.group(1)))));
        }
        return needed;
    }

    private static String action(String verb, String type, ArmRequest request) {
        return switch (verb) {
            case "PUT", "PATCH" -> type + "/write";
            case "DELETE" -> type + "/delete";
            case "POST" ->
                type.endsWith("/checkNameAvailability") ? type + "/read" : registers(request, type) + "/action";
            default -> type + "/read";
        };
    }

    /** A role names principals and scopes without using them. */
    private static boolean isRole(String type) {
        return type.startsWith("Microsoft.Authorization/");
    }

    /** Registering a provider is an action of that provider. */
    private static String registers(ArmRequest request, String type) {
        return type.equals("Microsoft.Resources/providers/register")
                ? request.path().replaceFirst(".*/providers/([^/]+)/register$", "$1/register")
                : type;
    }
}
