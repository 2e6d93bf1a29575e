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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets the vault into the cluster's API. */
final class TrustedAccess extends ArmResource {
    /** What the calls below need. */
    public static final Needs NEEDS =
            ArmType.TRUSTED_ACCESS.needs(BackupNames.TRUST.kind()).delete(ArmType.TRUSTED_ACCESS.action("delete"));

    TrustedAccess(AzureContext context) {
        super(
                context,
                BackupNames.TRUST,
                ArmType.TRUSTED_ACCESS,
                BackupNames.trustId(context),
                Set.of(AksCluster.ID, BackupNames.VAULT),
                Timing.seconds(5, 5, 5, 2, 15),
                "trusted access of the backup vault");
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "properties",
                Map.of(
                        "sourceResourceId",
                        BackupNames.vaultId(context),
                        "roles",
                        List.of("Microsoft.DataProtection/backupVaults/backup-operator")));
    }

    @Override
    protected Set<String> replacing() {
        return Set.of("properties.sourceResourceId");
    }

    @Override
    protected boolean patchesTags() {
        return false;
    }

    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(AksCluster.ID);
    }
}
