// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.encryption;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.error.Violation;
import java.util.Optional;

/**
 * A deleted vault that occupies the name of the backend's vault until it is purged.
 *
 * @param backend name of the backend
 * @param wantedGroup the resource group of the backend
 * @param name name of the vault
 * @param ours whether it belonged to this backend
 * @param group the resource group that it was in; it can be recovered only there
 * @param purge when it will be purged
 */
public record DeletedVault(String backend, String wantedGroup, String name, boolean ours, String group, String purge) {
    static DeletedVault of(AzureContext context, ArmObject deleted) {
        String[] parts = deleted.text("/properties/vaultId").split("/", -1);
        return new DeletedVault(
                context.name(),
                context.group(),
                deleted.name(),
                KeyVault.isOurs(context, deleted),
                parts.length > 4 ? parts[4] : "",
                deleted.text("/properties/scheduledPurgeDate"));
    }

    /** Why the vault cannot be created; empty if this one is recovered instead, key and all. */
    public Optional<Violation> inTheWay() {
        if (!ours) {
            return Optional.of(new Violation(
                    "name",
                    Optional.of("SC-1"),
                    backend,
                    "a name for which key vault " + name
                            + " can be created; a deleted vault of something else keeps that"
                            + " name until it is purged on " + purge,
                    "Give the backend another name, or purge the vault with az keyvault purge --name " + name
                            + "; purge protection forbids that."));
        }
        return group.equalsIgnoreCase(wantedGroup)
                ? Optional.empty()
                : Optional.of(new Violation(
                        "settings.resourceGroup",
                        Optional.of("SC-1"),
                        wantedGroup,
                        group + ", the resource group of the backend's deleted key vault " + name
                                + ": Azure recovers a vault only there, and it keeps its name until it is purged on "
                                + purge,
                        "Set settings.resourceGroup to " + group
                                + ", and create that group if it does not exist; or give the backend another name."));
    }
}
