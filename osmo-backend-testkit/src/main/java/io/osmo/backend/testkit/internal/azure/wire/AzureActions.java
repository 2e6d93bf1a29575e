// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.wire;

import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.internal.azure.arm.OperationName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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

    /** Where each provider tells how an operation goes. */
    private static final Map<String, String> OPERATIONS = Map.of(
            "Microsoft.Compute", "Microsoft.Compute/locations/operations/read",
            "Microsoft.ContainerService", "Microsoft.ContainerService/locations/operations/read",
            "Microsoft.DataProtection", "Microsoft.DataProtection/locations/operationStatus/read",
            "Microsoft.KeyVault", "Microsoft.KeyVault/locations/operationResults/read",
            "Microsoft.KubernetesConfiguration", "Microsoft.KubernetesConfiguration/extensions/operations/read",
            "Microsoft.Network", "Microsoft.Network/locations/operations/read",
            "Microsoft.Resources", "Microsoft.Resources/subscriptions/operationresults/read",
            "Microsoft.Storage", "Microsoft.Storage/operations/read");

    /** Parts of the id of something that a body links to, with what using it needs. */
    private static final Map<String, String> LINKS = Map.of(
            "/subnets/", "Microsoft.Network/virtualNetworks/subnets/join/action",
            "/natGateways/", "Microsoft.Network/natGateways/join/action",
            "/publicIPAddresses/", "Microsoft.Network/publicIPAddresses/join/action",
            "/userAssignedIdentities/", "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
            "/diskEncryptionSets/", "Microsoft.Compute/diskEncryptionSets/read");

    private AzureActions() {}

    static Collection<String> of(Call call) {
        OperationName operation = OperationName.of(call);
        ArmRequest request = call.request(ArmRequest.class);
        if (operation.verb().equals("POLL")) {
            return List.of(OPERATIONS.getOrDefault(operation.type(), operation.type() + "/operations/read"));
        }
        String type = TYPES.getOrDefault(operation.type(), operation.type());
        List<String> actions = new ArrayList<>();
        switch (operation.verb()) {
            case "PUT", "PATCH" -> {
                actions.add(type + "/write");
                LINKS.forEach((part, action) -> {
                    if (request.body().contains(part) && !isRole(type)) {
                        actions.add(action);
                    }
                });
            }
            case "DELETE" -> actions.add(type + "/delete");
            case "POST" ->
                actions.add(
                        type.endsWith("/checkNameAvailability")
                                ? type + "/read"
                                : registers(request, type) + "/action");
            default -> actions.add(type + "/read");
        }
        return actions;
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
