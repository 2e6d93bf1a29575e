/** Backup for GKE: plans and the backups that they take. */
@NullMarked
package io.osmo.backend.testkit.internal.gcp.backup;

import org.jspecify.annotations.NullMarked;
