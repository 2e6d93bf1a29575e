// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.keyvault;

import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;

/** Microsoft.KeyVault. */
public final class KeyVault {
    public final Vaults vaults;
    public final DeletedVaults deletedVaults;

    public KeyVault(Arm arm, AzureSubscription azure) {
        deletedVaults = new DeletedVaults(azure);
        VaultKeys keys = new VaultKeys(azure, deletedVaults);
        vaults = new Vaults(azure, keys, deletedVaults);
        arm.add(vaults, keys);
        arm.add("Microsoft.KeyVault/deletedVaults", deletedVaults::answer);
        arm.add("Microsoft.KeyVault/locations/deletedVaults", deletedVaults::answer);
        arm.add("Microsoft.KeyVault/checkNameAvailability", vaults::checkName);
    }
}
