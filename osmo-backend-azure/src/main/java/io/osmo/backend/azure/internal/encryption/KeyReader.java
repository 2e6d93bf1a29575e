// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.encryption;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the disk encryption set, and the key with its vault, or the deleted vault that keeps its name. */
public final class KeyReader implements Reader<AzureContext> {
    public static final Reader<AzureContext> INSTANCE = new KeyReader();

    private KeyReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(
                ArmType.DISK_ENCRYPTION_SET.action("read"),
                ArmType.VAULT.action("read"),
                ArmType.KEY.action("read"),
                ArmType.DELETED_VAULT.action("read"));
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        Optional<BackendSpec> spec = observation.spec();
        CompletableFuture<Reading> disks = context.find(ArmType.DISK_ENCRYPTION_SET, DiskEncryptionSet.armId(context))
                .thenApply(found -> Found.named(context, DiskEncryptionSet.ID, found));
        Optional<String> existing = spec.flatMap(s -> s.encryption().existingKey());
        if (existing.isPresent()) {
            return Reading.all(List.of(disks, ExistingKeyRules.read(context, existing.get())));
        }
        CompletableFuture<Reading> vault = context.find(ArmType.VAULT, KeyVault.armId(context))
                .thenApply(found -> Found.named(context, KeyVault.ID, found));
        CompletableFuture<Optional<ArmObject>> found = context.find(ArmType.KEY, VaultKey.armId(context));
        CompletableFuture<Reading> key = vault.thenCombine(
                found,
                (of, object) -> of.observed().containsKey(KeyVault.ID) && object.isPresent()
                        ? Found.ours(VaultKey.ID, object.get())
                        : Reading.empty());
        if (spec.isEmpty()) {
            return Reading.all(List.of(disks, vault, key));
        }
        CompletableFuture<Reading> deleted = vault.thenCompose(read -> deleted(context, read));
        return Reading.all(List.of(disks, vault, key, deleted, lost(context, disks, vault, key, deleted)));
    }

    private static CompletableFuture<Reading> deleted(AzureContext context, Reading vault) {
        return vault.observed().containsKey(KeyVault.ID)
                ? CompletableFuture.completedFuture(Reading.empty())
                : context.find(ArmType.DELETED_VAULT, KeyVault.deletedId(context))
                        .thenApply(found -> found.map(
                                        each -> Reading.attachment(DeletedVault.class, DeletedVault.of(context, each)))
                                .orElseGet(Reading::empty));
    }

    /** A disk encryption set uses the backend's key, but neither the key nor a vault to recover it from exists. */
    private static CompletableFuture<Reading> lost(
            AzureContext context,
            CompletableFuture<Reading> disks,
            CompletableFuture<Reading> vault,
            CompletableFuture<Reading> key,
            CompletableFuture<Reading> deleted) {
        return Reading.all(List.of(disks, vault, key, deleted)).thenApply(read -> {
            boolean used = Optional.ofNullable(read.observed().get(DiskEncryptionSet.ID))
                    .map(Observed::value)
                    .map(ArmObject.class::cast)
                    .filter(set -> VaultKey.isKeyOf(context, set.text("/properties/activeKey/keyUrl")))
                    .isPresent();
            boolean comesBack = Optional.ofNullable(read.attachments().get(DeletedVault.class))
                    .map(DeletedVault.class::cast)
                    .filter(DeletedVault::ours)
                    .isPresent();
            return !used || comesBack || read.observed().containsKey(VaultKey.ID)
                    ? Reading.empty()
                    : Reading.attachment(
                            LostKey.class, new LostKey(VaultKey.armId(context), VaultKey.recovery(context)));
        });
    }
}
