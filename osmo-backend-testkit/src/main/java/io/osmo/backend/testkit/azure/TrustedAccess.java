// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Bindings that let another Azure service into a cluster. */
final class TrustedAccess extends ResourceType {
    static final String BACKUP_OPERATOR = "Microsoft.DataProtection/backupVaults/backup-operator";
    private static final Set<String> ROLES = Set.of(
            BACKUP_OPERATOR,
            "Microsoft.MachineLearningServices/workspaces/mlworkload",
            "Microsoft.MachineLearningServices/workspaces/inference-v1");

    TrustedAccess(AzureSubscription azure, ResourceType clusters) {
        super(
                azure,
                "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings",
                clusters.apiVersions.toArray(String[]::new));
    }

    @Override
    boolean isTracked() {
        return false;
    }

    @Override
    String names() {
        return "[A-Za-z0-9-]{1,24}";
    }

    @Override
    Duration createTime(Resource resource) {
        return Durations.TRUSTED_ACCESS;
    }

    @Override
    Duration updateTime(Resource resource, ObjectNode before) {
        return Durations.TRUSTED_ACCESS;
    }

    @Override
    Duration deleteTime(Resource resource) {
        return Durations.TRUSTED_ACCESS;
    }

    @Override
    String creating() {
        return "Updating";
    }

    @Override
    Optional<Operation> blockedBy(ArmId id) {
        return Stream.concat(
                        azure.find(id.parent()).stream(),
                        azure.under(id.parent())
                                .filter(r -> r.is(this) && !r.id.key().equals(id.key())))
                .flatMap(r -> Stream.ofNullable(r.running))
                .findFirst();
    }

    @Override
    ArmError busy(Operation running) {
        return ManagedClusters.pending(
                "Operation is not allowed: Another operation (" + running.doing + ") is in progress");
    }

    @Override
    ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        List<String> roles = Json.strings(properties.path("roles"));
        if (roles.isEmpty() || !ROLES.containsAll(roles)) {
            throw ArmError.badRequest("InvalidParameter", "The trusted access roles " + roles + " are not supported.");
        }
        String source = properties.path("sourceResourceId").asText("");
        if (azure.find(source).isEmpty()) {
            throw ArmError.badRequest("SourceResourceNotFound", "The source resource '" + source + "' was not found.");
        }
        Resource existing = write.existing();
        if (existing != null && !existing.text("sourceResourceId").equalsIgnoreCase(source)) {
            throw ArmError.badRequest(
                    "PropertyChangeNotAllowed", "Changing property 'properties.sourceResourceId' is not allowed.");
        }
        return write.body();
    }
}
