// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.registration;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the subscription must have switched on; looked at only while there is something to make. */
public final class RegistrationConcern implements Concern<AzureContext> {
    /** Resource providers of what a backend is made of. */
    public static final List<String> PROVIDERS = List.of(
            "Microsoft.Compute",
            "Microsoft.ContainerService",
            "Microsoft.KeyVault",
            "Microsoft.ManagedIdentity",
            "Microsoft.Network");

    /** Those of its backups. */
    public static final List<String> BACKUP_PROVIDERS =
            List.of("Microsoft.DataProtection", "Microsoft.KubernetesConfiguration", "Microsoft.Storage");

    /** Encryption of disks on the host. */
    public static final String HOST_ENCRYPTION = "EncryptionAtHost";

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return spec.isEmpty()
                ? List.of()
                : needed(spec.get()).stream().map(Registration::needs).toList();
    }

    @Override
    public List<Resource<?>> wanted(AzureContext context, BackendSpec spec, Inventory inventory) {
        Optional<Offers> offers = inventory.attachment(Offers.class);
        if (offers.isEmpty()) {
            return List.of();
        }
        return missing(context, spec, offers.get()).stream()
                .<Resource<?>>map(name -> name.contains("/")
                        ? Registration.feature(context, "Microsoft.Compute", HOST_ENCRYPTION)
                        : Registration.provider(context, name, Set.of()))
                .toList();
    }

    /** Providers and features that the subscription must have and has not. */
    public static List<String> missing(AzureContext context, BackendSpec spec, Offers offers) {
        return needed(spec).stream().filter(name -> !offers.isRegistered(name)).toList();
    }

    private static List<String> needed(BackendSpec spec) {
        List<String> needed = new ArrayList<>(PROVIDERS);
        if (spec.backup().enabled()) {
            needed.addAll(BACKUP_PROVIDERS);
        }
        if (AksSettings.of(spec.settings()).hostEncryption()) {
            needed.add("Microsoft.Compute/" + HOST_ENCRYPTION);
        }
        return needed;
    }
}
