/** Microsoft.KeyVault: vaults, deleted vaults and keys. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.keyvault;

import org.jspecify.annotations.NullMarked;
