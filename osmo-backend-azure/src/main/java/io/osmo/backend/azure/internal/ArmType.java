// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spi.provider.Needs;

/**
 * The types of Azure Resource Manager that a backend consists of, each with its API version, against which tests validate the
 * requests. If the SDK has models, it is the version that they were generated from.
 */
public enum ArmType {
    RESOURCE_GROUP("Microsoft.Resources/resourceGroups", "2025-04-01"),
    VIRTUAL_NETWORK("Microsoft.Network/virtualNetworks", "2025-03-01"),
    NAT_GATEWAY("Microsoft.Network/natGateways", "2025-03-01"),
    SECURITY_GROUP("Microsoft.Network/networkSecurityGroups", "2025-03-01"),
    ROUTE_TABLE("Microsoft.Network/routeTables", "2025-03-01"),
    PUBLIC_IP("Microsoft.Network/publicIPAddresses", "2025-03-01"),
    PRIVATE_ZONE("Microsoft.Network/privateDnsZones", "2024-06-01"),
    IDENTITY("Microsoft.ManagedIdentity/userAssignedIdentities", "2024-11-30"),
    ROLE_ASSIGNMENT("Microsoft.Authorization/roleAssignments", "2022-04-01"),
    VAULT("Microsoft.KeyVault/vaults", "2024-11-01"),
    DELETED_VAULT("Microsoft.KeyVault/locations/deletedVaults", "2024-11-01"),
    KEY("Microsoft.KeyVault/vaults/keys", "2024-11-01"),
    DISK_ENCRYPTION_SET("Microsoft.Compute/diskEncryptionSets", "2025-01-02"),
    CAPACITY_RESERVATION_GROUP("Microsoft.Compute/capacityReservationGroups", "2024-07-01"),
    CAPACITY_RESERVATION("Microsoft.Compute/capacityReservationGroups/capacityReservations", "2024-07-01"),
    CLUSTER("Microsoft.ContainerService/managedClusters", "2025-09-01"),
    AGENT_POOL("Microsoft.ContainerService/managedClusters/agentPools", "2025-09-01"),
    POOL_UPGRADES("Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles", "2025-09-01"),
    TRUSTED_ACCESS("Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings", "2025-09-01"),
    STORAGE_ACCOUNT("Microsoft.Storage/storageAccounts", "2024-01-01"),
    BLOB_CONTAINER("Microsoft.Storage/storageAccounts/blobServices/containers", "2024-01-01"),
    BACKUP_VAULT("Microsoft.DataProtection/backupVaults", "2025-07-01"),
    BACKUP_POLICY("Microsoft.DataProtection/backupVaults/backupPolicies", "2025-07-01"),
    BACKUP_INSTANCE("Microsoft.DataProtection/backupVaults/backupInstances", "2025-07-01"),
    EXTENSION("Microsoft.KubernetesConfiguration/extensions", "2024-11-01"),
    LOCK("Microsoft.Authorization/locks", "2020-05-01"),
    PROVIDER("Microsoft.Resources/providers", "2025-04-01"),
    FEATURE("Microsoft.Features/providers/features", "2021-07-01");

    private final String type;
    private final String apiVersion;

    ArmType(String type, String apiVersion) {
        this.type = type;
        this.apiVersion = apiVersion;
    }

    /** Provider and type, such as {@code Microsoft.Network/virtualNetworks}. */
    public String type() {
        return type;
    }

    public String apiVersion() {
        return apiVersion;
    }

    /** Whether an object of this type costs money by existing. */
    public boolean billed() {
        return switch (this) {
            case PUBLIC_IP, NAT_GATEWAY, CLUSTER, AGENT_POOL, STORAGE_ACCOUNT, BACKUP_INSTANCE -> true;
            default -> false;
        };
    }

    /** Whether it holds data, or things refer to it that a replacement would leave behind. */
    boolean irreplaceable() {
        return switch (this) {
            case RESOURCE_GROUP,
                    VIRTUAL_NETWORK,
                    IDENTITY,
                    VAULT,
                    KEY,
                    DISK_ENCRYPTION_SET,
                    CLUSTER,
                    STORAGE_ACCOUNT,
                    BLOB_CONTAINER,
                    BACKUP_VAULT,
                    BACKUP_INSTANCE -> true;
            default -> false;
        };
    }

    /** What deleting an object of this type does to running work, or to data. */
    Disruption deletionDisruption() {
        return switch (this) {
            case VAULT, KEY, STORAGE_ACCOUNT, BLOB_CONTAINER, BACKUP_VAULT, BACKUP_INSTANCE -> Disruption.DATA;
            case CLUSTER, AGENT_POOL, VIRTUAL_NETWORK, NAT_GATEWAY, PUBLIC_IP, DISK_ENCRYPTION_SET -> Disruption.OUTAGE;
            default -> Disruption.NONE;
        };
    }

    /** An action in the spelling of roles, such as {@code Microsoft.Network/virtualNetworks/write}. */
    public String action(String verb) {
        return role() + "/" + verb;
    }

    /** The type as roles spell it: groups and providers are of the subscription. */
    private String role() {
        return switch (this) {
            case RESOURCE_GROUP -> "Microsoft.Resources/subscriptions/resourceGroups";
            case PROVIDER -> "Microsoft.Resources/subscriptions/providers";
            default -> type;
        };
    }

    /**
     * The rights for calls on objects of this type, except deletions: to read, to write, and to follow operations that continue after the
     * response.
     *
     * @param kind kind of the backend's resource
     */
    public Needs needs(String kind) {
        return Needs.of(kind)
                .read(action("read"))
                .create(action("write"))
                .update(action("write"))
                .read(operations());
    }

    /**
     * The actions for reading the progress of this provider's operations.
     *
     * @see <a href="https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations">Azure: resource provider
     *     operations</a>
     */
    private String[] operations() {
        String provider = type.substring(0, type.indexOf('/'));
        return switch (provider) {
            case "Microsoft.Compute" ->
                new String[] {provider + "/locations/diskOperations/read", provider + "/locations/operations/read"};
            case "Microsoft.ContainerService" ->
                new String[] {provider + "/locations/operationresults/read", provider + "/locations/operations/read"};
            case "Microsoft.DataProtection" ->
                new String[] {
                    provider + "/locations/operationResults/read", provider + "/locations/operationStatus/read"
                };
            case "Microsoft.KeyVault" -> new String[] {provider + "/locations/operationResults/read"};
            case "Microsoft.KubernetesConfiguration" -> new String[] {provider + "/extensions/operations/read"};
            case "Microsoft.Network" ->
                new String[] {provider + "/locations/operationResults/read", provider + "/locations/operations/read"};
            case "Microsoft.Resources" -> new String[] {provider + "/subscriptions/operationresults/read"};
            case "Microsoft.Storage" -> new String[] {provider + "/operations/read"};
            default -> new String[0];
        };
    }
}
