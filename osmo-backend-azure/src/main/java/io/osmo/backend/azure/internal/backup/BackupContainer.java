// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The blob container in the storage account. */
final class BackupContainer extends ArmResource {
    /** What the calls below need. */
    public static final Needs NEEDS =
            ArmType.BLOB_CONTAINER.needs(BackupNames.CONTAINER.kind()).delete(ArmType.BLOB_CONTAINER.action("delete"));

    BackupContainer(AzureContext context) {
        super(
                context,
                BackupNames.CONTAINER,
                ArmType.BLOB_CONTAINER,
                BackupNames.containerId(context),
                Set.of(BackupNames.STORAGE),
                Timing.seconds(1, 1, 1, 2, 15),
                "blob container of the backups");
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object("properties", Map.of("publicAccess", "None"));
    }

    @Override
    protected boolean patchesTags() {
        return false;
    }

    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(BackupNames.STORAGE);
    }
}
