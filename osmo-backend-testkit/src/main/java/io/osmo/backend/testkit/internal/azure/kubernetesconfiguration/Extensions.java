// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.kubernetesconfiguration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Operation;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.containerservice.AksErrors;
import io.osmo.backend.testkit.internal.azure.containerservice.ControlPlanes;
import io.osmo.backend.testkit.internal.azure.managedidentity.ResourceIdentities;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Extensions of clusters, such as the one for backups. */
public final class Extensions extends ResourceType {
    private static final String BACKUP = "microsoft.dataprotection.kubernetes";
    private static final String BACKUP_NAMESPACE = "dataprotection-microsoft";
    private static final Duration INSTALL = Duration.ofMinutes(2);

    private final ControlPlanes planes;
    private final ResourceIdentities identities;

    Extensions(AzureSubscription azure, ControlPlanes planes, ResourceIdentities identities) {
        super(
                azure,
                Traits.proxy("Microsoft.KubernetesConfiguration/extensions", "2024-11-01", "2023-05-01")
                        .takes(INSTALL, INSTALL, Duration.ofMinutes(1)));
        this.planes = planes;
        this.identities = identities;
    }

    /** Whether the extension for backups is installed. */
    public boolean hasBackup(Resource cluster) {
        return azure.under(cluster.id.text())
                .anyMatch(resource -> resource.is(this) && isBackup(resource) && resource.state.equals("Succeeded"));
    }

    private static boolean isBackup(Resource extension) {
        return extension.text("extensionType").equalsIgnoreCase(BACKUP);
    }

    @Override
    protected Optional<Operation> blockedBy(ArmId id) {
        return azure.find(id.scope()).map(cluster -> cluster.running);
    }

    @Override
    protected ArmError busy(Operation running) {
        return running.resource.is(this)
                ? ArmError.conflict(
                        "ExtensionOperationInProgress",
                        "Another operation on extension " + running.resource.name() + " is in progress.")
                : AksErrors.pending(running);
    }

    @Override
    protected ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        Resource cluster = azure.find(write.id().scope()).orElseThrow(() -> ArmError.notFound(write.id()));
        String type = properties.path("extensionType").asText("").toLowerCase(Locale.ROOT);
        if (type.isEmpty()) {
            throw ArmError.badRequest("ExtensionTypeRequired", "The extension type is required.");
        }
        boolean installed = azure.under(cluster.id.text())
                .anyMatch(other -> other.is(this)
                        && !other.key.equals(write.id().key())
                        && other.text("extensionType").equalsIgnoreCase(type));
        if (installed) {
            throw ArmError.conflict(
                    "ExtensionTypeAlreadyInstalled", "An extension of type " + type + " is installed already.");
        }
        Json.byDefault(properties, "autoUpgradeMinorVersion", true);
        Json.byDefault(properties, "releaseTrain", "Stable");
        return write.body();
    }

    @Override
    protected Optional<ArmError> onEnd(Resource extension, boolean creates) {
        Resource cluster = azure.find(extension.id.scope()).orElseThrow();
        Optional<EmulatedCluster> plane = planes.find(cluster);
        if (plane.isEmpty() || cluster.computed.path("stopped").asBoolean()) {
            return Optional.of(ArmError.conflict(
                    "ExtensionOperationFailed", "The cluster " + cluster.name() + " cannot be reached."));
        }
        if (creates) {
            identities.create(extension);
        }
        if (isBackup(extension)) {
            installBackup(plane.get());
        }
        return Optional.empty();
    }

    private static void installBackup(EmulatedCluster plane) {
        plane.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", BACKUP_NAMESPACE)));
        plane.put(ControlPlanes.OBJECTS.deployment(BACKUP_NAMESPACE, "dataprotection-microsoft-controller"));
        plane.put(ControlPlanes.OBJECTS.deployment(BACKUP_NAMESPACE, "dataprotection-microsoft-geneva-service"));
    }

    @Override
    protected void onDeleted(Resource extension) {
        azure.find(extension.id.scope())
                .flatMap(planes::find)
                .ifPresent(plane -> plane.remove("Namespace", "", BACKUP_NAMESPACE));
    }

    @Override
    protected void show(Resource extension, ObjectNode view) {
        ObjectNode properties = Json.at(view, "properties");
        if (properties.path("configurationProtectedSettings") instanceof ObjectNode settings) {
            // Values are never shown.
            settings.fieldNames().forEachRemaining(name -> settings.put(name, ""));
        }
        properties.put("currentVersion", "0.0.3000-200").put("isSystemExtension", false);
        String principal = ResourceIdentities.systemAssigned(extension);
        if (!principal.isEmpty()) {
            properties
                    .putObject("aksAssignedIdentity")
                    .put("principalId", principal)
                    .put("tenantId", AzureSubscription.TENANT)
                    .put("type", "SystemAssigned");
        }
    }

    @Override
    public String line(Resource extension) {
        String scope = extension.id.scope();
        return "extension " + extension.name() + " in " + scope.substring(scope.lastIndexOf('/') + 1)
                + state(extension);
    }
}
