// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.cloud.gkebackup.v1.*;
import com.google.longrunning.Operation;
import com.google.protobuf.Empty;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.FieldMaskUtil;
import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Backup for GKE: plans and the backups taken by them. */
final class EmulatedBackup {
    private static final Pattern ID = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    private final GcpProject project;
    private final GkeClusters clusters;
    private final LongRunning operations;
    private final TreeMap<String, BackupPlan> plans = new TreeMap<>();
    private final TreeMap<String, Backup> backups = new TreeMap<>();

    EmulatedBackup(GcpProject project, GkeClusters clusters, LongRunning operations) {
        this.project = project;
        this.clusters = clusters;
        this.operations = operations;
    }

    Operation createBackupPlan(CreateBackupPlanRequest r) {
        String name = r.getParent() + "/backupPlans/" + r.getBackupPlanId();
        if (!ID.matcher(r.getBackupPlanId()).matches()) {
            throw GcpError.invalid(
                    "The id \"" + r.getBackupPlanId() + "\" must be lowercase letters, digits and dashes.");
        }
        if (plans.containsKey(name)) {
            throw GcpError.alreadyExists("Resource '" + name + "' already exists");
        }
        BackupPlan wanted = r.getBackupPlan();
        String cluster = wanted.getCluster();
        if (!clusters.clusters.containsKey(cluster)) {
            throw GcpError.invalid("Cluster " + cluster + " does not exist.");
        }
        if (!GkeClusters.region(GkeClusters.location(cluster)).equals(GkeClusters.location(r.getParent()))) {
            throw GcpError.invalid("Cluster " + cluster + " is not in the region of the plan.");
        }
        check(wanted);
        BackupPlan plan = wanted.toBuilder()
                .setName(name)
                .setUid(project.uuid())
                .setCreateTime(now())
                .setUpdateTime(now())
                .setEtag(project.hex(8))
                .setState(BackupPlan.State.PROVISIONING)
                .build();
        plans.put(name, plan);
        return operations.begin(r.getParent(), metadata(name, "create"), Durations.BACKUP_PLAN, () -> settled(name));
    }

    /** A plan works once the agent runs in its cluster. */
    private BackupPlan settled(String name) {
        BackupPlan plan = plan(name);
        boolean agent = clusters.clusters.containsKey(plan.getCluster())
                && clusters.clusters
                        .get(plan.getCluster())
                        .getAddonsConfig()
                        .getGkeBackupAgentConfig()
                        .getEnabled();
        BackupPlan.State state = plan.getDeactivated()
                ? BackupPlan.State.DEACTIVATED
                : agent ? BackupPlan.State.READY : BackupPlan.State.CLUSTER_PENDING;
        BackupPlan settled = plan.toBuilder()
                .setState(state)
                .setUpdateTime(now())
                .setEtag(project.hex(8))
                .build();
        plans.put(name, settled);
        return settled;
    }

    private static void check(BackupPlan plan) {
        if (!plan.getBackupSchedule().getCronSchedule().isEmpty()
                && plan.getRetentionPolicy().getBackupRetainDays() == 0) {
            throw GcpError.invalid("backup_schedule needs retention_policy.backup_retain_days.");
        }
        if (plan.getRetentionPolicy().getBackupDeleteLockDays()
                > plan.getRetentionPolicy().getBackupRetainDays()) {
            throw GcpError.invalid("backup_delete_lock_days must not be more than backup_retain_days.");
        }
        if (plan.getRetentionPolicy().getBackupRetainDays() > 365
                || plan.getRetentionPolicy().getBackupRetainDays() < 0) {
            throw GcpError.invalid("backup_retain_days must be between 0 and 365.");
        }
    }

    BackupPlan getBackupPlan(GetBackupPlanRequest r) {
        return plan(r.getName());
    }

    ListBackupPlansResponse listBackupPlans(ListBackupPlansRequest r) {
        String location = GkeClusters.location(r.getParent());
        List<BackupPlan> found = plans.values().stream()
                .filter(p -> location.equals("-")
                        || GkeClusters.location(p.getName()).equals(location))
                .toList();
        Page<BackupPlan> page = Page.of(
                found,
                r.getPageSize() == 0 ? null : r.getPageSize(),
                r.getPageToken().isEmpty() ? null : r.getPageToken(),
                project.pageSize());
        ListBackupPlansResponse.Builder response =
                ListBackupPlansResponse.newBuilder().addAllBackupPlans(page.items());
        if (page.next() != null) {
            response.setNextPageToken(page.next());
        }
        return response.build();
    }

    Operation updateBackupPlan(UpdateBackupPlanRequest r) {
        String name = r.getBackupPlan().getName();
        BackupPlan old = plan(name);
        BackupPlan.Builder changed = old.toBuilder();
        if (r.getUpdateMask().getPathsList().stream().anyMatch(p -> p.startsWith("cluster"))) {
            throw GcpError.invalid("cluster is immutable.");
        }
        if (r.getUpdateMask().getPathsCount() == 0) {
            changed.mergeFrom(r.getBackupPlan());
        } else {
            FieldMaskUtil.merge(
                    r.getUpdateMask(),
                    r.getBackupPlan(),
                    changed,
                    new FieldMaskUtil.MergeOptions()
                            .setReplaceMessageFields(true)
                            .setReplaceRepeatedFields(true)
                            .setReplacePrimitiveFields(true));
        }
        check(changed.build());
        plans.put(name, changed.build());
        return operations.begin(parent(name), metadata(name, "update"), Durations.BACKUP_PLAN, () -> settled(name));
    }

    Operation deleteBackupPlan(DeleteBackupPlanRequest r) {
        BackupPlan plan = plan(r.getName());
        if (!r.getEtag().isEmpty() && !r.getEtag().equals(plan.getEtag())) {
            throw GcpError.aborted("The etag of " + r.getName() + " has changed.");
        }
        if (backups.keySet().stream().anyMatch(b -> b.startsWith(r.getName() + "/backups/"))) {
            throw GcpError.precondition("BackupPlan " + r.getName() + " has Backups, which must be deleted first.");
        }
        plans.put(
                r.getName(),
                plan.toBuilder().setState(BackupPlan.State.DELETING).build());
        return operations.begin(parent(r.getName()), metadata(r.getName(), "delete"), Durations.BACKUP_PLAN, () -> {
            plans.remove(r.getName());
            return Empty.getDefaultInstance();
        });
    }

    ListBackupsResponse listBackups(ListBackupsRequest r) {
        plan(r.getParent());
        return ListBackupsResponse.newBuilder()
                .addAllBackups(backups.entrySet().stream()
                        .filter(e -> e.getKey().startsWith(r.getParent() + "/backups/"))
                        .map(Map.Entry::getValue)
                        .toList())
                .build();
    }

    Operation deleteBackup(DeleteBackupRequest r) {
        Backup backup = backups.get(r.getName());
        if (backup == null) {
            throw GcpError.notFound("Resource '" + r.getName() + "' was not found");
        }
        if (backup.getDeleteLockDays() > 0) {
            throw GcpError.precondition("Backup " + r.getName() + " is locked against deletion.");
        }
        return operations.begin(parent(r.getName()), metadata(r.getName(), "delete"), Durations.BACKUP_PLAN, () -> {
            backups.remove(r.getName());
            return Empty.getDefaultInstance();
        });
    }

    /** Leaves a backup behind, as a plan's schedule takes it. */
    void plant(String plan, String id) {
        String name = plan + "/backups/" + id;
        BackupPlan owner = plan(plan);
        backups.put(
                name,
                Backup.newBuilder()
                        .setName(name)
                        .setCreateTime(now())
                        .setState(Backup.State.SUCCEEDED)
                        .setRetainDays(owner.getRetentionPolicy().getBackupRetainDays())
                        .setDeleteLockDays(owner.getRetentionPolicy().getBackupDeleteLockDays())
                        .build());
    }

    List<String> inventory() {
        List<String> lines = new ArrayList<>();
        plans.forEach((name, plan) -> lines.add("backup-plan " + GcpInventory.rest(name) + " " + plan.getState() + " "
                + plan.getRetentionPolicy().getBackupRetainDays() + " days "
                + plan.getBackupSchedule().getCronSchedule()));
        backups.keySet().forEach(name -> lines.add("backup " + GcpInventory.rest(name)));
        return lines;
    }

    private BackupPlan plan(String name) {
        BackupPlan plan = plans.get(name);
        if (plan == null) {
            throw GcpError.notFound("Resource '" + name + "' was not found");
        }
        return plan;
    }

    private static String parent(String name) {
        return String.join("/", List.of(name.split("/", -1)).subList(0, 4));
    }

    private OperationMetadata metadata(String target, String verb) {
        return OperationMetadata.newBuilder()
                .setCreateTime(now())
                .setTarget(target)
                .setVerb(verb)
                .setApiVersion("v1")
                .build();
    }

    private Timestamp now() {
        return Timestamp.newBuilder()
                .setSeconds(project.now().getEpochSecond())
                .setNanos(project.now().getNano())
                .build();
    }
}
