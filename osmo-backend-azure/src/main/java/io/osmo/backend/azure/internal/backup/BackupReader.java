// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.backup;

import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads what the backup is made of. */
public final class BackupReader implements Reader<AzureContext> {
    public static final Reader<AzureContext> INSTANCE = new BackupReader();

    private BackupReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(
                ArmType.STORAGE_ACCOUNT.action("read"),
                ArmType.BLOB_CONTAINER.action("read"),
                ArmType.BACKUP_VAULT.action("read"),
                ArmType.BACKUP_POLICY.action("read"),
                ArmType.EXTENSION.action("read"),
                ArmType.TRUSTED_ACCESS.action("read"),
                ArmType.BACKUP_INSTANCE.action("read"));
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        return Reading.all(List.of(
                named(context, BackupNames.STORAGE, ArmType.STORAGE_ACCOUNT, BackupNames.accountId(context)),
                named(context, BackupNames.VAULT, ArmType.BACKUP_VAULT, BackupNames.vaultId(context)),
                inside(context, BackupNames.CONTAINER, ArmType.BLOB_CONTAINER, BackupNames.containerId(context)),
                inside(context, BackupNames.POLICY, ArmType.BACKUP_POLICY, BackupNames.policyId(context)),
                inside(context, BackupNames.INSTANCE, ArmType.BACKUP_INSTANCE, BackupNames.instanceId(context)),
                inside(context, BackupNames.EXTENSION, ArmType.EXTENSION, BackupNames.extensionId(context)),
                inside(context, BackupNames.TRUST, ArmType.TRUSTED_ACCESS, BackupNames.trustId(context))));
    }

    private static CompletableFuture<Reading> named(AzureContext context, ResourceId id, ArmType type, String armId) {
        return context.find(type, armId).thenApply(found -> Found.named(context, id, found));
    }

    /** An object without tags inside an object of the backend, with a name that the backend uses. */
    private static CompletableFuture<Reading> inside(AzureContext context, ResourceId id, ArmType type, String armId) {
        return context.find(type, armId)
                .thenApply(found -> found.map(o -> Found.ours(id, o)).orElseGet(Reading::empty));
    }
}
