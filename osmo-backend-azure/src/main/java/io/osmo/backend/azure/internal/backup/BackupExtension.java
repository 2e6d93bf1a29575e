// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Microsoft's extension in the cluster that makes the backups. Its pods need nodes, so it comes after a pool or the system pool. */
final class BackupExtension extends ArmResource {
    /** What the calls below need. */
    public static final Needs NEEDS =
            ArmType.EXTENSION.needs(BackupNames.EXTENSION.kind()).delete(ArmType.EXTENSION.action("delete"));

    private static final String LOCATION = "configuration.backupStorageLocation.";

    private final String tenant;

    BackupExtension(AzureContext context, String tenant) {
        super(
                context,
                BackupNames.EXTENSION,
                ArmType.EXTENSION,
                BackupNames.extensionId(context),
                Set.of(AksCluster.ID, BackupNames.CONTAINER, BackupNames.STORAGE),
                Timing.seconds(120, 60, 60, 5, 30),
                "backup extension in the cluster");
        this.tenant = tenant;
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "properties",
                Map.of(
                        "extensionType",
                        "microsoft.dataprotection.kubernetes",
                        "autoUpgradeMinorVersion",
                        true,
                        "releaseTrain",
                        "stable",
                        "scope",
                        Map.of("cluster", Map.of("releaseNamespace", "dataprotection-microsoft")),
                        "configurationSettings",
                        Map.of(
                                LOCATION + "bucket",
                                BackupNames.CONTAINER_NAME,
                                LOCATION + "config.storageAccount",
                                BackupNames.account(context),
                                LOCATION + "config.resourceGroup",
                                context.group(),
                                LOCATION + "config.subscriptionId",
                                context.subscription(),
                                "credentials.tenantId",
                                tenant)));
    }

    @Override
    protected boolean patchesTags() {
        return false;
    }

    @Override
    protected Set<String> replacing() {
        return Set.of("properties.extensionType", "properties.scope");
    }

    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(AksCluster.ID);
    }
}
