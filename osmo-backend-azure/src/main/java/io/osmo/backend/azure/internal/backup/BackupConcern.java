// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.backup;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Caller;
import io.osmo.backend.azure.internal.identity.RoleAssignment;
import io.osmo.backend.azure.internal.identity.RoleKind;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Backup of the cluster by Azure Backup for AKS. */
public final class BackupConcern implements Concern<AzureContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        List<Needs> backup = List.of(
                BackupStorage.NEEDS,
                BackupContainer.NEEDS,
                BackupVault.NEEDS,
                BackupPolicy.NEEDS,
                BackupExtension.NEEDS,
                TrustedAccess.NEEDS,
                BackupInstance.NEEDS);
        return spec.isEmpty() || spec.get().backup().enabled()
                ? backup
                : backup.stream().map(Needs::removal).toList();
    }

    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(BackupReader.INSTANCE);
    }

    /** The vault of the backups. */
    public static final ResourceId VAULT = BackupNames.VAULT;

    /** The storage account of the backups. */
    public static final ResourceId STORAGE = BackupNames.STORAGE;

    /** Name of that account; all customers of Azure share these names. */
    public static String accountName(AzureContext context) {
        return BackupNames.account(context);
    }

    /** Where to list the backups in the backend's vault. */
    public static String instances(AzureContext context) {
        return BackupNames.vaultId(context) + "/backupInstances";
    }

    /** Whether an object in the backend's vault or on its cluster is a part of the backend's backup. */
    public static boolean isOurs(AzureContext context, ArmObject object) {
        return object.id().equalsIgnoreCase(BackupNames.instanceId(context))
                || object.id().equalsIgnoreCase(BackupNames.extensionId(context));
    }

    /** The backup of the cluster, if there is one. */
    public static CompletableFuture<Optional<ArmObject>> instance(AzureContext context) {
        return context.find(ArmType.BACKUP_INSTANCE, BackupNames.instanceId(context));
    }

    @Override
    public List<Resource<?>> wanted(AzureContext context, BackendSpec spec, Inventory inventory) {
        if (!spec.backup().enabled()) {
            return List.of();
        }
        String tenant = inventory.attachment(Caller.class).orElseThrow().tenant();
        List<Resource<?>> wanted = new ArrayList<>(all(context, spec.backup().retentionDays(), tenant));
        wanted.add(RoleAssignment.of(context, RoleKind.BACKUP_READER, context.groupId(), Set.of()));
        wanted.add(RoleAssignment.of(context, RoleKind.BACKUP_SNAPSHOTS, context.groupId(), Set.of()));
        wanted.add(RoleAssignment.of(context, RoleKind.BACKUP_STORAGE, BackupNames.accountId(context), Set.of()));
        return wanted;
    }

    private static List<ArmResource> all(AzureContext context, int days, String tenant) {
        return List.of(
                new BackupStorage(context),
                new BackupContainer(context),
                new BackupVault(context),
                new BackupPolicy(context, days),
                new BackupExtension(context, tenant),
                new TrustedAccess(context),
                new BackupInstance(context));
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext context, ResourceId id, Object observed) {
        Stream<Deletable<?>> all = all(context, 1, "").stream().map(r -> r);
        return all.filter(resource -> resource.id().equals(id)).findFirst();
    }
}
