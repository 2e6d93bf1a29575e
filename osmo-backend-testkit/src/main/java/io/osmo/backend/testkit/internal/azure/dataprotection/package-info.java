/** Microsoft.DataProtection (Azure Backup): vaults, their policies, and the instances that bind a cluster to a policy. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.dataprotection;

import org.jspecify.annotations.NullMarked;
