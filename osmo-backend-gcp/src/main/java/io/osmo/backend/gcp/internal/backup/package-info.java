/** Backup for GKE. */
@NullMarked
package io.osmo.backend.gcp.internal.backup;

import org.jspecify.annotations.NullMarked;
