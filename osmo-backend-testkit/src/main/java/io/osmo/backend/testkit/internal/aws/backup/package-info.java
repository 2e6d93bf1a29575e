/** AWS Backup: vaults, plans and selections. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.backup;

import org.jspecify.annotations.NullMarked;
