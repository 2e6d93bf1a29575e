// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.backup;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Caller;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.identity.RoleAssignment;
import io.osmo.backend.azure.internal.identity.RoleKind;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Reading;
import io.osmo.backend.spi.support.Concern;
import io.osmo.backend.spi.support.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Backup of the cluster by Azure Backup for AKS. */
public final class BackupConcern implements Concern<AzureContext> {
    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(BackupConcern::read);
    }

    private static CompletableFuture<Reading> read(AzureContext azure, Optional<BackendSpec> spec) {
        return Reading.all(List.of(
                named(azure, BackupNames.STORAGE, ArmType.STORAGE_ACCOUNT, BackupNames.accountId(azure)),
                named(azure, BackupNames.VAULT, ArmType.BACKUP_VAULT, BackupNames.vaultId(azure)),
                inside(azure, BackupNames.CONTAINER, ArmType.BLOB_CONTAINER, BackupNames.containerId(azure)),
                inside(azure, BackupNames.POLICY, ArmType.BACKUP_POLICY, BackupNames.policyId(azure)),
                inside(azure, BackupNames.INSTANCE, ArmType.BACKUP_INSTANCE, BackupNames.instanceId(azure)),
                inside(azure, BackupNames.EXTENSION, ArmType.EXTENSION, BackupNames.extensionId(azure)),
                inside(azure, BackupNames.TRUST, ArmType.TRUSTED_ACCESS, BackupNames.trustId(azure))));
    }

    /** The backup of the cluster, if there is one. */
    public static CompletableFuture<Optional<ArmObject>> instance(AzureContext azure) {
        return azure.find(ArmType.BACKUP_INSTANCE, BackupNames.instanceId(azure));
    }

    private static CompletableFuture<Reading> named(AzureContext azure, ResourceId id, ArmType type, String armId) {
        return azure.find(type, armId).thenApply(found -> Found.named(azure, id, found));
    }

    /** What lies in an object of ours, under a name that we give, and has no tags. */
    private static CompletableFuture<Reading> inside(AzureContext azure, ResourceId id, ArmType type, String armId) {
        return azure.find(type, armId)
                .thenApply(found -> found.map(o -> Found.ours(id, o)).orElseGet(Reading::empty));
    }

    @Override
    public List<Resource<?>> wanted(AzureContext azure, BackendSpec spec, Inventory inventory) {
        if (!spec.backup().enabled()) {
            return List.of();
        }
        String tenant = inventory.attachment(Caller.class).orElseThrow().tenant();
        List<Resource<?>> wanted = new ArrayList<>(all(azure, spec.backup().retentionDays(), tenant));
        wanted.add(RoleAssignment.of(azure, RoleKind.BACKUP_READER, azure.groupId(), Set.of()));
        wanted.add(RoleAssignment.of(azure, RoleKind.BACKUP_SNAPSHOTS, azure.groupId(), Set.of()));
        wanted.add(RoleAssignment.of(azure, RoleKind.BACKUP_STORAGE, BackupNames.accountId(azure), Set.of()));
        return wanted;
    }

    private static List<ArmResource> all(AzureContext azure, int days, String tenant) {
        return List.of(
                new BackupStorage(azure),
                new BackupContainer(azure),
                new BackupVault(azure),
                new BackupPolicy(azure, days),
                new BackupExtension(azure, tenant),
                new TrustedAccess(azure),
                new BackupInstance(azure));
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext azure, ResourceId id, Object observed) {
        Stream<Deletable<?>> all = all(azure, 1, "").stream().map(r -> r);
        return all.filter(resource -> resource.id().equals(id)).findFirst();
    }
}
