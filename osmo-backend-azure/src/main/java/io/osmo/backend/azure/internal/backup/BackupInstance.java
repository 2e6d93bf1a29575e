// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.identity.RoleKind;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cluster as something that is backed up. It goes before the cluster does, with the snapshots in the group. */
final class BackupInstance extends ArmResource {
    /** What the calls below need. */
    public static final Needs NEEDS =
            ArmType.BACKUP_INSTANCE.needs(BackupNames.INSTANCE.kind()).delete(ArmType.BACKUP_INSTANCE.action("delete"));

    BackupInstance(AzureContext context) {
        super(
                context,
                BackupNames.INSTANCE,
                ArmType.BACKUP_INSTANCE,
                BackupNames.instanceId(context),
                Set.of(
                        AksCluster.ID,
                        BackupNames.VAULT,
                        BackupNames.POLICY,
                        BackupNames.EXTENSION,
                        BackupNames.TRUST,
                        RoleKind.BACKUP_READER.id(),
                        RoleKind.BACKUP_SNAPSHOTS.id(),
                        RoleKind.BACKUP_STORAGE.id()),
                Timing.seconds(100, 40, 30, 5, 30),
                "backup of the cluster");
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "properties",
                Map.of(
                        "objectType",
                        "BackupInstance",
                        "friendlyName",
                        context.name(),
                        "dataSourceInfo",
                        source("Datasource"),
                        "dataSourceSetInfo",
                        source("DatasourceSet"),
                        "policyInfo",
                        Map.of(
                                "policyId",
                                BackupNames.policyId(context),
                                "policyParameters",
                                Map.of(
                                        "dataStoreParametersList",
                                        List.of(Map.of(
                                                "objectType",
                                                "AzureOperationalStoreParameters",
                                                "dataStoreType",
                                                "OperationalStore",
                                                "resourceGroupId",
                                                context.groupId())),
                                        "backupDatasourceParametersList",
                                        List.of(Map.of(
                                                "objectType",
                                                "KubernetesClusterBackupDatasourceParameters",
                                                "snapshotVolumes",
                                                true,
                                                "includeClusterScopeResources",
                                                true))))));
    }

    private Map<String, Object> source(String objectType) {
        return Map.of(
                "objectType",
                objectType,
                "datasourceType",
                BackupPolicy.DATASOURCE,
                "resourceID",
                context.clusterId(),
                "resourceName",
                context.name(),
                "resourceType",
                BackupPolicy.DATASOURCE,
                "resourceLocation",
                context.region(),
                "resourceUri",
                context.clusterId());
    }

    @Override
    protected Set<ResourceId> roles() {
        return Set.of(RoleKind.BACKUP_READER.id(), RoleKind.BACKUP_SNAPSHOTS.id(), RoleKind.BACKUP_STORAGE.id());
    }

    @Override
    protected boolean patchesTags() {
        return false;
    }
}
