// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.backup;

import com.google.cloud.gkebackup.v1.Backup;
import com.google.cloud.gkebackup.v1.BackupPlan.RetentionPolicy;
import com.google.cloud.gkebackup.v1.DeleteBackupRequest;
import com.google.cloud.gkebackup.v1.ListBackupsRequest;
import com.google.cloud.gkebackup.v1.ListBackupsResponse;
import com.google.longrunning.Operation;
import com.google.protobuf.Empty;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.util.Optional;

/** Backups. */
final class Backups {
    private final GcpProject project;
    private final BackupStore store;

    Backups(GcpProject project, BackupStore store) {
        this.project = project;
        this.store = store;
    }

    ListBackupsResponse listBackups(ListBackupsRequest r) {
        store.plan(r.getParent());
        return ListBackupsResponse.newBuilder()
                .addAllBackups(store.backupsOf(r.getParent()))
                .build();
    }

    Operation deleteBackup(DeleteBackupRequest r) {
        if (store.backup(r.getName()).getDeleteLockDays() > 0) {
            throw GcpError.precondition("Backup " + r.getName() + " is locked against deletion.");
        }
        return store.begin("delete", r.getName(), Optional.empty(), () -> {
            store.backups.remove(r.getName());
            return Empty.getDefaultInstance();
        });
    }

    /** Adds a backup, as the schedule of a plan does. */
    void plant(String plan, String id) {
        RetentionPolicy retention = store.plan(plan).getRetentionPolicy();
        String name = plan + "/backups/" + id;
        store.backups.put(
                name,
                Backup.newBuilder()
                        .setName(name)
                        .setCreateTime(project.protoTimestamp())
                        .setState(Backup.State.SUCCEEDED)
                        .setRetainDays(retention.getBackupRetainDays())
                        .setDeleteLockDays(retention.getBackupDeleteLockDays())
                        .build());
    }
}
