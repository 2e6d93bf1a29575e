// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Operation;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Bindings that give another Azure service access to a cluster. */
public final class TrustedAccessBindings extends ResourceType {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final Set<String> ROLES = Set.of(
            "Microsoft.DataProtection/backupVaults/backup-operator",
            "Microsoft.MachineLearningServices/workspaces/mlworkload",
            "Microsoft.MachineLearningServices/workspaces/inference-v1");

    TrustedAccessBindings(AzureSubscription azure) {
        super(
                azure,
                Traits.proxy(
                                "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings",
                                ManagedClusters.VERSIONS)
                        .names("[A-Za-z0-9-]{1,24}")
                        .takes(TIME, TIME, TIME)
                        .creating("Updating"));
    }

    /** Whether a cluster has given access to a resource. */
    public boolean trusts(Resource cluster, Resource source) {
        return of(cluster)
                .anyMatch(binding -> binding.text("sourceResourceId").equalsIgnoreCase(source.id.text())
                        && binding.state.equals("Succeeded"));
    }

    @Override
    protected Optional<Operation> blockedBy(ArmId id) {
        return Stream.concat(
                        azure.find(id.parent()).stream(),
                        azure.under(id.parent()).filter(other -> other.is(this) && !other.key.equals(id.key())))
                .flatMap(other -> Stream.ofNullable(other.running))
                .findFirst();
    }

    @Override
    protected ArmError busy(Operation running) {
        return AksErrors.pending(running);
    }

    @Override
    protected ObjectNode accept(Write write) {
        azure.find(write.id().parent()).ifPresent(ClusterRules::requireRunning);
        List<String> roles = Json.strings(write.properties().path("roles"));
        if (roles.isEmpty() || !ROLES.containsAll(roles)) {
            throw AksErrors.invalidParameter("The trusted access roles " + roles + " are not supported.");
        }
        String source = write.properties().path("sourceResourceId").asText("");
        if (azure.find(source).isEmpty()) {
            throw ArmError.badRequest("SourceResourceNotFound", "The source resource '" + source + "' was not found.");
        }
        Resource existing = write.existing();
        if (existing != null && !existing.text("sourceResourceId").equalsIgnoreCase(source)) {
            throw AksErrors.changed("properties.sourceResourceId");
        }
        return write.body();
    }
}
