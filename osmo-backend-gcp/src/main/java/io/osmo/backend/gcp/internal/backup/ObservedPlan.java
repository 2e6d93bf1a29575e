// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.backup;

import com.google.cloud.gkebackup.v1.BackupPlan;

/**
 * A backup plan.
 *
 * @param backups how many backups it has; read only when it may have to be deleted
 */
public record ObservedPlan(BackupPlan plan, int backups) {}
