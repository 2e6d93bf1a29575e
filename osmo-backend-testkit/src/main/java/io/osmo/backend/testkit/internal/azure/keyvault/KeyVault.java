// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.keyvault;

import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Resource;

/** Microsoft.KeyVault. */
public final class KeyVault {
    public final Vaults vaults;
    public final DeletedVaults deletedVaults;
    private final VaultKeys keys;

    public KeyVault(Arm arm, AzureSubscription azure) {
        deletedVaults = new DeletedVaults(azure);
        keys = new VaultKeys(azure, deletedVaults);
        vaults = new Vaults(azure, keys, deletedVaults);
        arm.add(vaults, keys);
        arm.add("Microsoft.KeyVault/deletedVaults", deletedVaults::answer);
        arm.add("Microsoft.KeyVault/locations/deletedVaults", deletedVaults::answer);
        arm.add("Microsoft.KeyVault/checkNameAvailability", vaults::checkName);
    }

    private Resource key(String vault, String name) {
        return keys.all()
                .filter(key -> key.name().equals(name) && key.id.names().get(0).equalsIgnoreCase(vault))
                .findFirst()
                .orElseThrow();
    }

    /** Enables or disables a key on the data plane. */
    public void enable(String vault, String name, boolean enabled) {
        keys.enable(key(vault, name), enabled);
    }

    /** Deletes a key on the data plane. */
    public void delete(String vault, String name) {
        keys.delete(key(vault, name));
    }

    /** Recovers a deleted key on the data plane. */
    public void recover(String vault, String name) {
        String id = vaults.all()
                .filter(found -> found.name().equalsIgnoreCase(vault))
                .findFirst()
                .orElseThrow()
                .id
                .text();
        keys.recover(ArmId.of(id + "/keys/" + name));
    }
}
