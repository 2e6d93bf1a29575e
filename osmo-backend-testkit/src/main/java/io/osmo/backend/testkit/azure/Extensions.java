// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Extensions of a cluster, such as the one for backups. */
final class Extensions extends ResourceType {
    static final String BACKUP = "microsoft.dataprotection.kubernetes";

    private final AksKubernetes kubernetes;
    private final RoleAssignments roles;

    Extensions(AzureSubscription azure, AksKubernetes kubernetes, RoleAssignments roles) {
        super(azure, "Microsoft.KubernetesConfiguration/extensions", "2024-11-01", "2023-05-01");
        this.kubernetes = kubernetes;
        this.roles = roles;
    }

    @Override
    boolean isTracked() {
        return false;
    }

    @Override
    Duration createTime(Resource extension) {
        return Durations.EXTENSION_CREATE;
    }

    @Override
    Duration updateTime(Resource extension, ObjectNode before) {
        return Durations.EXTENSION_CREATE;
    }

    @Override
    Duration deleteTime(Resource extension) {
        return Durations.EXTENSION_DELETE;
    }

    @Override
    Optional<Operation> blockedBy(ArmId id) {
        return azure.find(id.scope()).map(cluster -> cluster.running);
    }

    @Override
    ArmError busy(Operation running) {
        return running.resource.is(this)
                ? ArmError.conflict(
                        "ExtensionOperationInProgress",
                        "Another operation on extension " + running.resource.name() + " is in progress.")
                : ManagedClusters.pending(
                        "Operation is not allowed: Another operation (" + running.doing + ") is in progress");
    }

    @Override
    ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        Resource cluster = azure.find(write.id().scope()).orElseThrow(() -> ArmError.notFound(write.id()));
        String type = properties.path("extensionType").asText("").toLowerCase(Locale.ROOT);
        if (type.isEmpty()) {
            throw ArmError.badRequest("ExtensionTypeRequired", "The extension type is required.");
        }
        boolean twice = azure.under(cluster.id.text())
                .anyMatch(r -> r.is(this)
                        && !r.id.key().equals(write.id().key())
                        && r.text("extensionType").equalsIgnoreCase(type));
        if (twice) {
            throw ArmError.conflict(
                    "ExtensionTypeAlreadyInstalled", "An extension of type " + type + " is installed already.");
        }
        Json.byDefault(properties, "autoUpgradeMinorVersion", true);
        Json.byDefault(properties, "releaseTrain", "Stable");
        return write.body();
    }

    @Override
    Optional<ArmError> complete(Resource extension, boolean creates) {
        Resource cluster = azure.find(extension.id.scope()).orElseThrow();
        if (kubernetes.find(cluster).isEmpty() || cluster.actual.path("stopped").asBoolean()) {
            return Optional.of(ArmError.conflict(
                    "ExtensionOperationFailed", "The cluster " + cluster.name() + " cannot be reached."));
        }
        if (creates) {
            String principal = azure.uuid();
            extension.actual.put("principalId", principal);
            roles.newPrincipal(principal);
        }
        if (extension.text("extensionType").equalsIgnoreCase(BACKUP)) {
            kubernetes.find(cluster).ifPresent(plane -> {
                plane.put(Map.of(
                        "apiVersion", "v1",
                        "kind", "Namespace",
                        "metadata", Map.of("name", "dataprotection-microsoft")));
                plane.put(AksKubernetes.OBJECTS.deployment(
                        "dataprotection-microsoft", "dataprotection-microsoft-controller"));
                plane.put(AksKubernetes.OBJECTS.deployment(
                        "dataprotection-microsoft", "dataprotection-microsoft-geneva-service"));
            });
        }
        return Optional.empty();
    }

    @Override
    void deleted(Resource extension) {
        azure.find(extension.id.scope())
                .flatMap(kubernetes::find)
                .ifPresent(plane -> plane.remove("Namespace", "", "dataprotection-microsoft"));
    }

    @Override
    void show(Resource extension, ObjectNode view) {
        ObjectNode properties = Json.at(view, "properties");
        // Protected settings are never shown.
        properties
                .path("configurationProtectedSettings")
                .fieldNames()
                .forEachRemaining(name ->
                        Json.at(properties, "configurationProtectedSettings").put(name, ""));
        properties.put("currentVersion", "0.0.3000-200").put("isSystemExtension", false);
        if (extension.actual.has("principalId")) {
            properties
                    .putObject("aksAssignedIdentity")
                    .put("principalId", extension.actual.path("principalId").asText())
                    .put("tenantId", azure.tenant)
                    .put("type", "SystemAssigned");
        }
    }

    @Override
    String line(Resource extension) {
        String scope = extension.id.scope();
        return "extension " + extension.name() + " in " + scope.substring(scope.lastIndexOf('/') + 1)
                + (extension.state.equals("Succeeded") ? "" : " " + extension.state);
    }
}
