// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.encryption;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Caller;
import io.osmo.backend.azure.internal.identity.RoleAssignment;
import io.osmo.backend.azure.internal.identity.RoleKind;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.Leftover;
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

/** The key and the disk encryption set. The key is in the backend's own vault or is an existing one. */
public final class EncryptionConcern implements Concern<AzureContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return spec.flatMap(wanted -> wanted.encryption().existingKey()).isPresent()
                ? List.of(DiskEncryptionSet.NEEDS)
                : List.of(KeyVault.NEEDS, VaultKey.NEEDS, DiskEncryptionSet.NEEDS);
    }

    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(KeyReader.INSTANCE);
    }

    /** Id of the vault that holds the key. */
    public static String vaultId(AzureContext context, BackendSpec spec) {
        return spec.encryption().existingKey().map(ExistingKeyRules::vault).orElseGet(() -> KeyVault.armId(context));
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return spec
                .encryption()
                .existingKey()
                .filter(id ->
                        !id.matches("/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.KeyVault/vaults/"
                                + "[^/]+/keys/[^/]+"))
                .map(id -> new Violation(
                        "encryption.existingKey",
                        Optional.of("SC-1"),
                        id,
                        "the resource id of a key in a key vault, without version",
                        "Give /subscriptions/…/resourceGroups/…/providers/Microsoft.KeyVault/vaults/…/keys/…."))
                .stream()
                .toList();
    }

    /** Name of the vault that holds the backend's own key; all customers of Azure share these names. */
    public static String vaultName(AzureContext context) {
        return KeyVault.name(context);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        Optional<String> existing = spec.encryption().existingKey();
        if (existing.isEmpty()) {
            Stream<Violation> lost = inventory.attachment(LostKey.class).stream()
                    .map(key -> new Violation(
                            "encryption",
                            Optional.of("SC-1"),
                            key.key(),
                            "the key with which Secrets and disks of the cluster are encrypted; it does not exist",
                            key.remedy()));
            return Stream.concat(
                            lost, inventory.attachment(DeletedVault.class).flatMap(DeletedVault::inTheWay).stream())
                    .toList();
        }
        return ExistingKeyRules.check(existing.get(), spec, inventory);
    }

    /** Azure fixes the days when a vault is created, and a recovered vault keeps those that it had. */
    @Override
    public List<String> warnings(AzureContext context, Optional<BackendSpec> spec, Inventory inventory) {
        int days = context.settings().vaultRetentionDays();
        return spec
                .flatMap(s -> inventory.find(KeyVault.ID, ArmObject.class))
                .map(vault -> vault.json().at("/properties/softDeleteRetentionInDays"))
                .filter(kept -> kept.isInt() && kept.asInt() != days)
                .map(kept -> "settings.vaultRetentionDays is " + days + ", but key vault " + KeyVault.name(context)
                        + " keeps " + kept.asInt() + ": Azure fixes it when a vault is created")
                .stream()
                .toList();
    }

    @Override
    public List<Resource<?>> wanted(AzureContext context, BackendSpec spec, Inventory inventory) {
        boolean existing = spec.encryption().existingKey().isPresent();
        Set<ResourceId> absent = existing ? Set.of(KeyVault.ID, VaultKey.ID) : Set.of();
        List<Resource<?>> wanted = new ArrayList<>();
        if (!existing) {
            String tenant = inventory.attachment(Caller.class).orElseThrow().tenant();
            wanted.add(new KeyVault(context, tenant));
            wanted.add(new VaultKey(context));
        }
        String vault = vaultId(context, spec);
        wanted.add(RoleAssignment.of(context, RoleKind.CLUSTER_KEYS, vault, absent));
        wanted.add(RoleAssignment.of(context, RoleKind.DISKS_KEYS, vault, absent));
        wanted.add(new DiskEncryptionSet(context, absent));
        wanted.add(RoleAssignment.of(context, RoleKind.CLUSTER_DISKS, DiskEncryptionSet.armId(context), absent));
        return wanted;
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext context, ResourceId id, Object observed) {
        if (id.equals(KeyVault.ID)) {
            return Optional.of(new KeyVault(context, ((ArmObject) observed).text("/properties/tenantId")));
        }
        if (id.equals(VaultKey.ID)) {
            return Optional.of(new VaultKey(context));
        }
        return id.equals(DiskEncryptionSet.ID)
                ? Optional.of(new DiskEncryptionSet(context, Set.of()))
                : Optional.empty();
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(AzureContext context) {
        return context.find(ArmType.DELETED_VAULT, KeyVault.deletedId(context))
                .thenApply(found -> found
                        .filter(vault -> KeyVault.isOurs(context, vault))
                        .map(vault -> new Leftover(
                                "deleted-key-vault",
                                vault.name(),
                                "can be recovered with its key until it is purged on "
                                        + vault.text("/properties/scheduledPurgeDate"),
                                false))
                        .stream()
                        .toList());
    }
}
