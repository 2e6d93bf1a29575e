// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.backup;

import com.google.cloud.gkebackup.v1.BackupPlan;
import io.osmo.backend.gcp.internal.LastOperation;
import java.util.Optional;

/**
 * A backup plan.
 *
 * @param backups how many backups it has; read only when it may have to be deleted
 * @param operation what this process has started on it and is running
 */
public record ObservedPlan(BackupPlan plan, int backups, Optional<LastOperation.Running> operation) {
    static ObservedPlan idle(BackupPlan plan, int backups) {
        return new ObservedPlan(plan, backups, Optional.empty());
    }
}
