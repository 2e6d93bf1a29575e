// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The vault that runs the backups, with an identity of its own. */
final class BackupVault extends ArmResource {
    /** What the calls below need. */
    public static final Needs NEEDS =
            ArmType.BACKUP_VAULT.needs(BackupNames.VAULT.kind()).delete(ArmType.BACKUP_VAULT.action("delete"));

    BackupVault(AzureContext context) {
        super(
                context,
                BackupNames.VAULT,
                ArmType.BACKUP_VAULT,
                BackupNames.vaultId(context),
                Set.of(ResourceGroup.ID),
                Timing.seconds(20, 5, 5, 3, 15),
                "backup vault");
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "location", context.region(),
                "tags", context.ownership().tags(id()),
                "identity", Map.of("type", "SystemAssigned"),
                "properties",
                        Map.of(
                                "storageSettings",
                                List.of(Map.of("datastoreType", "VaultStore", "type", "LocallyRedundant"))));
    }
}
