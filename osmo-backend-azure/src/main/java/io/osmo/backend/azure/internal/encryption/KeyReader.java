// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.encryption;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the disk encryption set, and the key with its vault. */
final class KeyReader implements Reader<AzureContext> {
    static final KeyReader INSTANCE = new KeyReader();

    private KeyReader() {}

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        Optional<BackendSpec> spec = observation.spec();
        CompletableFuture<Reading> disks = context.find(ArmType.DISK_ENCRYPTION_SET, DiskEncryptionSet.armId(context))
                .thenApply(found -> Found.named(context, DiskEncryptionSet.ID, found));
        Optional<String> existing = spec.flatMap(s -> s.encryption().existingKeyId());
        if (existing.isPresent()) {
            return Reading.all(List.of(
                    disks,
                    context.find(ArmType.KEY, existing.get()).thenApply(found -> Found.existing(VaultKey.ID, found))));
        }
        CompletableFuture<Reading> vault = context.find(ArmType.VAULT, KeyVault.armId(context))
                .thenApply(found -> Found.named(context, KeyVault.ID, found));
        CompletableFuture<Optional<ArmObject>> key = context.find(ArmType.KEY, VaultKey.armId(context));
        return Reading.all(List.of(
                disks,
                vault,
                vault.thenCombine(
                        key,
                        (of, found) -> of.observed().containsKey(KeyVault.ID) && found.isPresent()
                                ? Found.ours(VaultKey.ID, found.get())
                                : Reading.empty())));
    }
}
