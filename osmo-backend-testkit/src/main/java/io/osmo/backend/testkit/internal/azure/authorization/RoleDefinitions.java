// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.authorization;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Filters;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Built-in roles, with the ids that they have in every tenant and what they allow. */
final class RoleDefinitions {
    /** By id. */
    private static final Map<String, Role> ROLES = Stream.of(
                    role("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", "*"),
                    role("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor", "*"),
                    role("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", "*/read"),
                    role(
                            "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
                            "User Access Administrator",
                            "*/read",
                            "Microsoft.Authorization/*"),
                    role(
                            "4d97b98b-1d4f-4787-a291-c67834d212e7",
                            "Network Contributor",
                            "Microsoft.Network/*",
                            "Microsoft.Authorization/*/read"),
                    role(
                            "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
                            "Private DNS Zone Contributor",
                            "Microsoft.Network/privateDnsZones/*",
                            "Microsoft.Network/virtualNetworks/read",
                            "Microsoft.Network/virtualNetworks/join/action"),
                    role(
                            "f1a07417-d97a-45cb-824c-7a7467783830",
                            "Managed Identity Operator",
                            "Microsoft.ManagedIdentity/userAssignedIdentities/*/read",
                            "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action"),
                    role("12338af0-0e69-4776-bea7-57ae8d297424", "Key Vault Crypto User")
                            .onData(
                                    "Microsoft.KeyVault/vaults/keys/read",
                                    "Microsoft.KeyVault/vaults/keys/encrypt/action",
                                    "Microsoft.KeyVault/vaults/keys/decrypt/action",
                                    "Microsoft.KeyVault/vaults/keys/wrap/action",
                                    "Microsoft.KeyVault/vaults/keys/unwrap/action"),
                    role("e147488a-f6f5-4113-8e2d-b22465e65bf6", "Key Vault Crypto Service Encryption User")
                            .onData(
                                    "Microsoft.KeyVault/vaults/keys/read",
                                    "Microsoft.KeyVault/vaults/keys/wrap/action",
                                    "Microsoft.KeyVault/vaults/keys/unwrap/action"),
                    role("14b46e9e-c2b7-41b4-b07b-48a6ebf60603", "Key Vault Crypto Officer")
                            .onData("Microsoft.KeyVault/vaults/keys/*"),
                    role(
                                    "00482a5a-887f-4fb3-b363-3b7fe8e74483",
                                    "Key Vault Administrator",
                                    "Microsoft.KeyVault/vaults/*")
                            .onData("Microsoft.KeyVault/vaults/*"),
                    role(
                                    "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
                                    "Azure Kubernetes Service RBAC Cluster Admin",
                                    "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action")
                            .onData("Microsoft.ContainerService/managedClusters/*"),
                    role(
                            "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
                            "Azure Kubernetes Service Cluster User Role",
                            "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"),
                    role(
                            "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8",
                            "Azure Kubernetes Service Cluster Admin Role",
                            "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action"),
                    role(
                            "7efff54f-a5b4-42b5-a1c5-5411624893ce",
                            "Disk Snapshot Contributor",
                            "Microsoft.Compute/snapshots/*",
                            "Microsoft.Compute/disks/beginGetAccess/action"),
                    role(
                            "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
                            "Disk Backup Reader",
                            "Microsoft.Compute/disks/read",
                            "Microsoft.Compute/disks/beginGetAccess/action"),
                    role(
                                    "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
                                    "Storage Blob Data Contributor",
                                    "Microsoft.Storage/storageAccounts/blobServices/containers/*")
                            .onData("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*"))
            .collect(Collectors.toMap(Role::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));

    private final AzureSubscription azure;

    RoleDefinitions(AzureSubscription azure) {
        this.azure = azure;
    }

    /**
     * @param actions actions on the control plane; {@code *} matches any text
     * @param dataActions on data, such as keys
     */
    record Role(String id, String name, List<String> actions, List<String> dataActions) {
        private Role onData(String... allowed) {
            return new Role(id, name, actions, List.of(allowed));
        }

        boolean allows(String action, boolean onData) {
            return (onData ? dataActions : actions)
                    .stream()
                            .anyMatch(allowed -> action.matches(
                                    "(?i)" + Pattern.quote(allowed).replace("*", "\\E.*\\Q")));
        }
    }

    private static Role role(String id, String name, String... actions) {
        return new Role(id, name, List.of(actions), List.of());
    }

    /** The role of an id such as {@code /subscriptions/…/providers/Microsoft.Authorization/roleDefinitions/…}. */
    static Optional<Role> find(String definitionId) {
        String key = definitionId.substring(definitionId.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(ROLES.get(key));
    }

    ArmReply answer(ArmRequest request, ArmId id) {
        if (!id.collection()) {
            Role role = find(id.name())
                    .orElseThrow(() -> new ArmError(
                            404,
                            "RoleDefinitionDoesNotExist",
                            "The specified role definition with ID '" + id.name() + "' does not exist."));
            return ArmReply.ok(view(role));
        }
        String filter = request.query("$filter");
        List<Filters.Term> terms = filter.isEmpty() || filter.startsWith("atScope") ? List.of() : Filters.terms(filter);
        return ArmReply.values(ROLES.values().stream()
                .filter(role -> terms.stream().allMatch(term -> switch (term.field()) {
                    case "rolename" -> role.name().equals(term.value());
                    case "type" -> term.value().equals("BuiltInRole");
                    default ->
                        throw ArmError.badRequest("UnsupportedQuery", "The filter '" + filter + "' is not supported.");
                }))
                .map(this::view));
    }

    private ObjectNode view(Role role) {
        ObjectNode view = Json.object()
                .put(
                        "id",
                        "/subscriptions/" + azure.id + "/providers/Microsoft.Authorization/roleDefinitions/"
                                + role.id())
                .put("name", role.id())
                .put("type", "Microsoft.Authorization/roleDefinitions");
        ObjectNode properties = view.putObject("properties");
        properties.put("roleName", role.name()).put("type", "BuiltInRole").put("description", role.name());
        properties.putArray("assignableScopes").add("/");
        ObjectNode permission = properties.putArray("permissions").addObject();
        role.actions().forEach(permission.putArray("actions")::add);
        permission.putArray("notActions");
        role.dataActions().forEach(permission.putArray("dataActions")::add);
        permission.putArray("notDataActions");
        return view;
    }
}
