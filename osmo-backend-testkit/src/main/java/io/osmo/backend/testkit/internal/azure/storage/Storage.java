// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.storage;

import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.PlainType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;

/** Microsoft.Storage. */
public final class Storage {
    static final String[] VERSIONS = {"2025-01-01", "2024-01-01", "2023-05-01"};

    public final StorageAccounts accounts;

    public Storage(Arm arm, AzureSubscription azure) {
        PlainType blobs =
                new PlainType(azure, Traits.proxy("Microsoft.Storage/storageAccounts/blobServices", VERSIONS));
        PlainType containers = new PlainType(
                azure, Traits.proxy("Microsoft.Storage/storageAccounts/blobServices/containers", VERSIONS));
        accounts = new StorageAccounts(azure, blobs);
        arm.add(accounts, blobs, containers);
        arm.add("Microsoft.Storage/checkNameAvailability", accounts::checkName);
    }
}
