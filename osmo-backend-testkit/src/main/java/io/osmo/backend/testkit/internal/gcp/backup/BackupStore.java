// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.backup;

import com.google.cloud.gkebackup.v1.Backup;
import com.google.cloud.gkebackup.v1.BackupPlan;
import com.google.cloud.gkebackup.v1.OperationMetadata;
import com.google.longrunning.Operation;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.LongRunningOperations;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Plans, backups and operations, by name. */
final class BackupStore {
    private static final Duration OPERATION = Duration.ofSeconds(4);

    final TreeMap<String, BackupPlan> plans = new TreeMap<>();
    final TreeMap<String, Backup> backups = new TreeMap<>();
    final LongRunningOperations operations;
    private final GcpProject project;

    BackupStore(GcpProject project) {
        this.project = project;
        this.operations = new LongRunningOperations(project);
    }

    BackupPlan plan(String name) {
        return get(plans, name);
    }

    Backup backup(String name) {
        return get(backups, name);
    }

    List<Backup> backupsOf(String plan) {
        return backups.entrySet().stream()
                .filter(e -> e.getKey().startsWith(plan + "/backups/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static <T> T get(Map<String, T> rows, String name) {
        T row = rows.get(name);
        if (row == null) {
            throw GcpError.notFound("Resource '" + name + "' was not found");
        }
        return row;
    }

    /**
     * Starts an operation on a plan or backup.
     *
     * @param before the plan as it is again if the operation is to fail; empty if there is none then
     */
    Operation begin(String verb, String name, Optional<BackupPlan> before, Supplier<Message> effect) {
        OperationMetadata metadata = OperationMetadata.newBuilder()
                .setCreateTime(project.protoTimestamp())
                .setTarget(name)
                .setVerb(verb)
                .setApiVersion("v1")
                .build();
        String location = String.join("/", List.of(name.split("/", -1)).subList(0, 4));
        return operations.begin(
                location,
                metadata,
                OPERATION,
                effect,
                () -> before.ifPresentOrElse(plan -> plans.put(name, plan), () -> plans.remove(name)));
    }

    List<String> inventory() {
        List<String> lines = new ArrayList<>();
        plans.forEach((name, plan) -> lines.add("backup-plan " + ResourceNames.withoutProject(name) + " "
                + plan.getState() + " " + plan.getRetentionPolicy().getBackupRetainDays() + " days "
                + plan.getBackupSchedule().getCronSchedule()));
        backups.keySet().forEach(name -> lines.add("backup " + ResourceNames.withoutProject(name)));
        return lines;
    }
}
