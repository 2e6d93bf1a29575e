// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.dataprotection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.PollingStyle;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.authorization.RoleAssignments;
import io.osmo.backend.testkit.internal.azure.containerservice.ContainerService;
import io.osmo.backend.testkit.internal.azure.kubernetesconfiguration.Extensions;
import io.osmo.backend.testkit.internal.azure.managedidentity.ResourceIdentities;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Clusters that are backed up. */
final class BackupInstances extends ResourceType {
    private static final Duration PROTECT = Duration.ofSeconds(40);

    private final BackupPolicies policies;
    private final ContainerService containers;
    private final Extensions extensions;
    private final ResourceIdentities identities;
    private final RoleAssignments roles;

    BackupInstances(
            AzureSubscription azure,
            BackupPolicies policies,
            ContainerService containers,
            Extensions extensions,
            ResourceIdentities identities,
            RoleAssignments roles) {
        super(
                azure,
                Traits.proxy("Microsoft.DataProtection/backupVaults/backupInstances", DataProtection.VERSIONS)
                        .takes(PROTECT, PROTECT, Duration.ofSeconds(30))
                        .creating("Provisioning")
                        .polling(PollingStyle.AZURE_ASYNC_OPERATION, PollingStyle.LOCATION));
        this.policies = policies;
        this.containers = containers;
        this.extensions = extensions;
        this.identities = identities;
        this.roles = roles;
    }

    private static String source(ObjectNode properties) {
        return properties.at("/dataSourceInfo/resourceID").asText("");
    }

    private static String policy(ObjectNode properties) {
        return properties.at("/policyInfo/policyId").asText("");
    }

    @Override
    protected ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        if (containers.clusters.find(source(properties)).isEmpty()) {
            throw ArmError.badRequest(
                    "UserErrorDatasourceNotFound", "The datasource '" + source(properties) + "' was not found.");
        }
        if (policies.find(policy(properties)).isEmpty()) {
            throw ArmError.badRequest(
                    "UserErrorPolicyNotFound", "The policy '" + policy(properties) + "' was not found.");
        }
        if (!properties.path("objectType").asText("").equals("BackupInstance")) {
            throw ArmError.badRequest(
                    "BMSUserErrorInvalidInput", "The objectType of a backup instance is BackupInstance.");
        }
        return write.body();
    }

    @Override
    protected Optional<ArmError> onEnd(Resource instance, boolean creates) {
        Optional<Resource> cluster = containers.clusters.find(source(instance.properties()));
        Resource vault = azure.find(instance.id.parent()).orElseThrow();
        return cluster.isEmpty()
                ? Optional.of(ArmError.badRequest("UserErrorDatasourceNotFound", "The cluster is gone."))
                : check(instance, cluster.get(), vault);
    }

    private Optional<ArmError> check(Resource instance, Resource cluster, Resource vault) {
        if (!extensions.hasBackup(cluster)) {
            return Optional.of(ArmError.badRequest(
                    "UserErrorKubernetesBackupExtensionNotInstalled",
                    "The backup extension is not installed in cluster " + cluster.name() + "."));
        }
        if (!containers.trustedAccess.trusts(cluster, vault)) {
            return Optional.of(ArmError.badRequest(
                    "UserErrorTrustedAccessNotConfigured",
                    "Trusted access is not enabled between cluster " + cluster.name() + " and vault " + vault.name()
                            + "."));
        }
        Optional<String> snapshots = snapshotGroup(instance);
        boolean reads = mayRead(ResourceIdentities.systemAssigned(vault), cluster, snapshots);
        boolean writes = snapshots
                .filter(group ->
                        !roles.allows(identities.principal(cluster), "Microsoft.Compute/snapshots/write", group))
                .isEmpty();
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

    private boolean mayRead(String vault, Resource cluster, Optional<String> snapshots) {
        return roles.allows(vault, "Microsoft.ContainerService/managedClusters/read", cluster.id.text())
                && snapshots
                        .filter(group -> !roles.allows(vault, "Microsoft.Compute/snapshots/read", group))
                        .isEmpty();
    }

    /** Id of the resource group of the snapshots. */
    private static Optional<String> snapshotGroup(Resource instance) {
        for (JsonNode store : instance.properties().at("/policyInfo/policyParameters/dataStoreParametersList")) {
            if (store.hasNonNull("resourceGroupId")) {
                return Optional.of(store.path("resourceGroupId").asText()).filter(group -> !group.isEmpty());
            }
        }
        return Optional.empty();
    }

    @Override
    protected Stream<String> uses(Resource instance) {
        return Stream.of(policy(instance.properties()));
    }

    @Override
    protected void show(Resource instance, ObjectNode view) {
        ObjectNode properties = Json.at(view, "properties");
        ObjectNode status = properties.putObject("protectionStatus");
        switch (instance.state) {
            case "Succeeded" -> {
                properties.put("currentProtectionState", "ProtectionConfigured");
                status.put("status", "ProtectionConfigured");
            }
            case "Failed" -> {
                properties.put("currentProtectionState", "ProtectionError");
                status.put("status", "ConfiguringProtectionFailed");
            }
            default -> {
                properties.put("currentProtectionState", "ConfiguringProtection");
                status.put("status", "ConfiguringProtection");
            }
        }
    }
}
