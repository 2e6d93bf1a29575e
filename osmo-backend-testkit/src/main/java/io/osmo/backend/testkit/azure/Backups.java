// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Azure Backup: vaults, their policies, and the instances that bind a cluster to a policy. */
final class Backups {
    static final String[] VERSIONS = {"2025-07-01", "2025-01-01", "2024-04-01"};

    final Vault vaults;
    final Policy policies;
    final Instance instances;

    Backups(AzureSubscription azure, Identities identities, ManagedClusters clusters, RoleAssignments roles) {
        vaults = new Vault(azure, identities, roles);
        policies = new Policy(azure);
        instances = new Instance(azure, policies, clusters, roles);
    }

    /** Backup vaults. */
    static final class Vault extends ResourceType {
        private final Identities identities;
        private final RoleAssignments roles;

        Vault(AzureSubscription azure, Identities identities, RoleAssignments roles) {
            super(azure, "Microsoft.DataProtection/backupVaults", VERSIONS);
            this.identities = identities;
            this.roles = roles;
        }

        @Override
        String names() {
            return "[A-Za-z][A-Za-z0-9-]{1,49}";
        }

        @Override
        Duration createTime(Resource vault) {
            return Durations.BACKUP_VAULT_CREATE;
        }

        @Override
        Duration deleteTime(Resource vault) {
            return Durations.BACKUP_VAULT_CREATE;
        }

        @Override
        String creating() {
            return "Provisioning";
        }

        @Override
        ObjectNode accept(Write write) {
            ObjectNode properties = write.properties();
            if (properties.path("storageSettings").isEmpty()) {
                throw ArmError.badRequest(
                        "UserErrorMissingStorageSettings", "storageSettings of the vault are required.");
            }
            Resource existing = write.existing();
            if (existing != null
                    && !existing.properties().path("storageSettings").equals(properties.path("storageSettings"))) {
                throw ArmError.badRequest(
                        "UserErrorStorageSettingsCannotBeChanged",
                        "The storage settings of a vault cannot be changed.");
            }
            ObjectNode soft = Json.at(properties, "securitySettings", "softDeleteSettings");
            Json.byDefault(soft, "state", "On");
            Json.byDefault(soft, "retentionDurationInDays", 14);
            Json.byDefault(Json.at(properties, "securitySettings", "immutabilitySettings"), "state", "Disabled");
            return write.body();
        }

        @Override
        ObjectNode patch(Resource vault, ObjectNode patch) {
            ObjectNode body = vault.body.deepCopy();
            patch.fields().forEachRemaining(field -> {
                if (field.getKey().equals("properties")) {
                    field.getValue()
                            .fields()
                            .forEachRemaining(p -> Json.at(body, "properties").set(p.getKey(), p.getValue()));
                } else {
                    body.set(field.getKey(), field.getValue());
                }
            });
            return body;
        }

        @Override
        void begun(Resource vault, boolean creates) {
            if (vault.body.at("/identity/type").asText().contains("SystemAssigned")
                    && !vault.actual.has("principalId")) {
                String principal = azure.uuid();
                vault.actual.put("principalId", principal);
                roles.newPrincipal(principal);
            }
        }

        @Override
        void checkDelete(Resource vault, @Nullable String goingGroup) {
            azure.under(vault.id.text())
                    .filter(r -> r.type instanceof Instance)
                    .findFirst()
                    .ifPresent(instance -> {
                        throw ArmError.badRequest(
                                "BMSUserErrorVaultNotEmpty",
                                "The vault " + vault.name() + " cannot be deleted because it holds backup instances: "
                                        + instance.name() + ".");
                    });
        }

        @Override
        void show(Resource vault, ObjectNode view) {
            Json.at(view, "properties").put("isVaultProtectedByResourceGuard", false);
            DiskEncryptionSets.showIdentity(azure, identities, vault, view);
        }
    }

    /** Policies of a vault. */
    static final class Policy extends ResourceType {
        Policy(AzureSubscription azure) {
            super(azure, "Microsoft.DataProtection/backupVaults/backupPolicies", VERSIONS);
        }

        @Override
        boolean isTracked() {
            return false;
        }

        @Override
        boolean showsState() {
            return false;
        }

        @Override
        String names() {
            return "[A-Za-z][A-Za-z0-9-]{2,149}";
        }

        @Override
        ObjectNode accept(Write write) {
            List<String> types = Json.strings(write.properties().path("datasourceTypes"));
            if (types.isEmpty() || write.properties().path("policyRules").isEmpty()) {
                throw ArmError.badRequest("BMSUserErrorInvalidInput", "A policy needs datasource types and rules.");
            }
            return write.body();
        }

        @Override
        void checkDelete(Resource policy, @Nullable String goingGroup) {
            user(policy, goingGroup).ifPresent(user -> {
                throw ArmError.badRequest(
                        "UserErrorBackupPolicyInUse",
                        "The policy " + policy.name() + " is in use by " + user.name() + ".");
            });
        }
    }

    /** Clusters that are backed up. */
    static final class Instance extends ResourceType {
        private final Policy policies;
        private final ManagedClusters clusters;
        private final RoleAssignments roles;

        Instance(AzureSubscription azure, Policy policies, ManagedClusters clusters, RoleAssignments roles) {
            super(azure, "Microsoft.DataProtection/backupVaults/backupInstances", VERSIONS);
            this.policies = policies;
            this.clusters = clusters;
            this.roles = roles;
        }

        @Override
        boolean isTracked() {
            return false;
        }

        @Override
        Duration createTime(Resource instance) {
            return Durations.BACKUP_INSTANCE_CREATE;
        }

        @Override
        Duration updateTime(Resource instance, ObjectNode before) {
            return Durations.BACKUP_INSTANCE_CREATE;
        }

        @Override
        Duration deleteTime(Resource instance) {
            return Durations.BACKUP_INSTANCE_DELETE;
        }

        @Override
        String creating() {
            return "Provisioning";
        }

        @Override
        Set<PollingStyle> documentedPolling() {
            return Set.of(PollingStyle.AZURE_ASYNC_OPERATION, PollingStyle.LOCATION);
        }

        @Override
        ObjectNode accept(Write write) {
            ObjectNode properties = write.properties();
            String source = properties.at("/dataSourceInfo/resourceID").asText("");
            if (azure.find(source, clusters).isEmpty()) {
                throw ArmError.badRequest(
                        "UserErrorDatasourceNotFound", "The datasource '" + source + "' was not found.");
            }
            String policy = properties.at("/policyInfo/policyId").asText("");
            if (azure.find(policy, policies).isEmpty()) {
                throw ArmError.badRequest("UserErrorPolicyNotFound", "The policy '" + policy + "' was not found.");
            }
            if (!properties.path("objectType").asText("").equals("BackupInstance")) {
                throw ArmError.badRequest(
                        "BMSUserErrorInvalidInput", "The objectType of a backup instance is BackupInstance.");
            }
            return write.body();
        }

        @Override
        Optional<ArmError> complete(Resource instance, boolean creates) {
            Resource cluster = azure.find(
                            instance.properties()
                                    .at("/dataSourceInfo/resourceID")
                                    .asText(),
                            clusters)
                    .orElse(null);
            Resource vault = azure.find(instance.id.parent()).orElseThrow();
            if (cluster == null) {
                return Optional.of(ArmError.badRequest("UserErrorDatasourceNotFound", "The cluster is gone."));
            }
            boolean extension = azure.under(cluster.id.text())
                    .anyMatch(r -> r.type instanceof Extensions
                            && r.text("extensionType").equalsIgnoreCase(Extensions.BACKUP)
                            && r.state.equals("Succeeded"));
            if (!extension) {
                return Optional.of(ArmError.badRequest(
                        "UserErrorKubernetesBackupExtensionNotInstalled",
                        "The backup extension is not installed in cluster " + cluster.name() + "."));
            }
            boolean trusted = azure.under(cluster.id.text())
                    .anyMatch(r -> r.type instanceof TrustedAccess
                            && r.text("sourceResourceId").equalsIgnoreCase(vault.id.text())
                            && r.state.equals("Succeeded"));
            if (!trusted) {
                return Optional.of(ArmError.badRequest(
                        "UserErrorTrustedAccessNotConfigured",
                        "Trusted access is not enabled between cluster " + cluster.name() + " and vault " + vault.name()
                                + "."));
            }
            String principal = vault.actual.path("principalId").asText();
            String snapshots = snapshotGroup(instance).orElse("");
            boolean reads =
                    roles.allows(principal, "Microsoft.ContainerService/managedClusters/read", false, cluster.id.text())
                            && (snapshots.isEmpty()
                                    || roles.allows(principal, "Microsoft.Compute/snapshots/read", false, snapshots));
            boolean writes = snapshots.isEmpty()
                    || roles.allows(clusters.principal(cluster), "Microsoft.Compute/snapshots/write", false, snapshots);
            if (!reads || !writes) {
                return Optional.of(new ArmError(
                        403,
                        "UserErrorMissingRequiredPermissions",
                        "Appropriate permissions to perform the operation are missing: "
                                + (reads
                                        ? "Contributor of the cluster's identity on the snapshot resource group"
                                        : "Reader of the vault's identity on the cluster and the snapshot resource group")
                                + ". Please grant them and try again."));
            }
            return Optional.empty();
        }

        /** Id of the resource group that snapshots go to. */
        private static Optional<String> snapshotGroup(Resource instance) {
            for (var store : instance.properties().at("/policyInfo/policyParameters/dataStoreParametersList")) {
                if (store.hasNonNull("resourceGroupId")) {
                    return Optional.of(store.path("resourceGroupId").asText());
                }
            }
            return Optional.empty();
        }

        @Override
        Stream<String> uses(Resource instance) {
            return Stream.of(instance.properties().at("/policyInfo/policyId").asText());
        }

        @Override
        void show(Resource instance, ObjectNode view) {
            boolean good = instance.state.equals("Succeeded");
            ObjectNode properties = Json.at(view, "properties");
            properties.put(
                    "currentProtectionState",
                    good
                            ? "ProtectionConfigured"
                            : instance.state.equals("Failed") ? "ProtectionError" : "ConfiguringProtection");
            properties
                    .putObject("protectionStatus")
                    .put(
                            "status",
                            good
                                    ? "ProtectionConfigured"
                                    : instance.state.equals("Failed")
                                            ? "ConfiguringProtectionFailed"
                                            : "ConfiguringProtection");
        }
    }
}
