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
import java.util.Map;
import java.util.Set;

/** The storage account in which the extension keeps what is in the cluster; reached by identity over TLS only. */
final class BackupStorage extends ArmResource {
    /** What the calls below need. */
    public static final Needs NEEDS =
            ArmType.STORAGE_ACCOUNT.needs(BackupNames.STORAGE.kind()).delete(ArmType.STORAGE_ACCOUNT.action("delete"));

    BackupStorage(AzureContext context) {
        super(
                context,
                BackupNames.STORAGE,
                ArmType.STORAGE_ACCOUNT,
                BackupNames.accountId(context),
                Set.of(ResourceGroup.ID),
                Timing.seconds(20, 3, 3, 3, 15),
                "storage account of the backups");
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "location", context.region(),
                "tags", context.ownership().tags(id()),
                "kind", "StorageV2",
                "sku", Map.of("name", "Standard_LRS"),
                "properties",
                        Map.of(
                                "allowBlobPublicAccess", false,
                                "minimumTlsVersion", "TLS1_2",
                                "supportsHttpsTrafficOnly", true));
    }
}
