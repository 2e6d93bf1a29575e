// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.backup;

import com.google.cloud.gkebackup.v1.BackupPlan;
import com.google.cloud.gkebackup.v1.CreateBackupPlanRequest;
import com.google.cloud.gkebackup.v1.DeleteBackupPlanRequest;
import com.google.cloud.gkebackup.v1.GetBackupPlanRequest;
import com.google.cloud.gkebackup.v1.ListBackupPlansRequest;
import com.google.cloud.gkebackup.v1.ListBackupPlansResponse;
import com.google.cloud.gkebackup.v1.UpdateBackupPlanRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Empty;
import com.google.protobuf.util.FieldMaskUtil;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.ResourceLabels;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.container.ClusterStore;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Backup plans. */
final class BackupPlans {
    private static final Pattern ID = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    private final GcpProject project;
    private final BackupStore store;
    private final ClusterStore clusters;

    BackupPlans(GcpProject project, BackupStore store, ClusterStore clusters) {
        this.project = project;
        this.store = store;
        this.clusters = clusters;
    }

    Operation createBackupPlan(CreateBackupPlanRequest r) {
        String name = r.getParent() + "/backupPlans/" + r.getBackupPlanId();
        if (!ID.matcher(r.getBackupPlanId()).matches()) {
            throw GcpError.invalid(
                    "The id \"" + r.getBackupPlanId() + "\" must be lowercase letters, digits and dashes.");
        }
        if (store.plans.containsKey(name)) {
            throw GcpError.alreadyExists("Resource '" + name + "' already exists");
        }
        BackupPlan wanted = r.getBackupPlan();
        String cluster = wanted.getCluster();
        if (clusters.find(cluster).isEmpty()) {
            throw GcpError.invalid("Cluster " + cluster + " does not exist.");
        }
        String region = Locations.regionOf(ResourceNames.location(cluster));
        if (!region.equals(ResourceNames.location(r.getParent()))) {
            throw GcpError.invalid("Cluster " + cluster + " is not in the region of the plan.");
        }
        check(wanted);
        store.plans.put(
                name,
                wanted.toBuilder()
                        .setName(name)
                        .setUid(project.uuid())
                        .setCreateTime(project.protoTimestamp())
                        .setUpdateTime(project.protoTimestamp())
                        .setEtag(project.hex(8))
                        .setState(BackupPlan.State.PROVISIONING)
                        .build());
        return store.begin("create", name, Optional.empty(), () -> settle(name));
    }

    /** Ends a change: a plan works once the agent runs in its cluster. */
    private BackupPlan settle(String name) {
        BackupPlan plan = store.plan(name);
        if (plan.getState() == BackupPlan.State.FAILED) {
            return plan;
        }
        boolean agent = clusters.find(plan.getCluster())
                .filter(cluster ->
                        cluster.getAddonsConfig().getGkeBackupAgentConfig().getEnabled())
                .isPresent();
        BackupPlan.State state = plan.getDeactivated()
                ? BackupPlan.State.DEACTIVATED
                : agent ? BackupPlan.State.READY : BackupPlan.State.CLUSTER_PENDING;
        BackupPlan settled = plan.toBuilder()
                .setState(state)
                .setUpdateTime(project.protoTimestamp())
                .setEtag(project.hex(8))
                .build();
        store.plans.put(name, settled);
        return settled;
    }

    /** Ends the creation of a plan as failed. */
    void fail(String name, String reason) {
        store.plans.put(
                name,
                store.plan(name).toBuilder()
                        .setState(BackupPlan.State.FAILED)
                        .setStateReason(reason)
                        .build());
    }

    private static void check(BackupPlan plan) {
        ResourceLabels.check("backup_plan.labels", plan.getLabelsMap());
        int retained = plan.getRetentionPolicy().getBackupRetainDays();
        if (!plan.getBackupSchedule().getCronSchedule().isEmpty() && retained == 0) {
            throw GcpError.invalid("backup_schedule needs retention_policy.backup_retain_days.");
        }
        if (plan.getRetentionPolicy().getBackupDeleteLockDays() > retained) {
            throw GcpError.invalid("backup_delete_lock_days must not be more than backup_retain_days.");
        }
        if (retained > 365 || retained < 0) {
            throw GcpError.invalid("backup_retain_days must be between 0 and 365.");
        }
    }

    BackupPlan getBackupPlan(GetBackupPlanRequest r) {
        return store.plan(r.getName());
    }

    ListBackupPlansResponse listBackupPlans(ListBackupPlansRequest r) {
        String location = ResourceNames.location(r.getParent());
        List<BackupPlan> found = store.plans.values().stream()
                .filter(plan -> location.equals("-")
                        || ResourceNames.location(plan.getName()).equals(location))
                .toList();
        Page<BackupPlan> page = project.page(found, r.getPageSize(), r.getPageToken());
        return ListBackupPlansResponse.newBuilder()
                .addAllBackupPlans(page.items())
                .setNextPageToken(GcpProject.next(page))
                .build();
    }

    Operation updateBackupPlan(UpdateBackupPlanRequest r) {
        String name = r.getBackupPlan().getName();
        BackupPlan before = store.plan(name);
        BackupPlan.Builder changed = before.toBuilder();
        if (r.getUpdateMask().getPathsList().stream().anyMatch(path -> path.startsWith("cluster"))) {
            throw GcpError.invalid("cluster is immutable.");
        }
        if (r.getUpdateMask().getPathsCount() == 0) {
            changed.mergeFrom(r.getBackupPlan());
        } else {
            FieldMaskUtil.merge(r.getUpdateMask(), r.getBackupPlan(), changed, GcpProject.REPLACE);
        }
        check(changed.build());
        store.plans.put(name, changed.build());
        return store.begin("update", name, Optional.of(before), () -> settle(name));
    }

    Operation deleteBackupPlan(DeleteBackupPlanRequest r) {
        String name = r.getName();
        BackupPlan plan = store.plan(name);
        if (!r.getEtag().isEmpty() && !r.getEtag().equals(plan.getEtag())) {
            throw GcpError.aborted("The etag of " + name + " has changed.");
        }
        if (!store.backupsOf(name).isEmpty()) {
            throw GcpError.precondition("BackupPlan " + name + " has Backups, which must be deleted first.");
        }
        store.plans.put(
                name, plan.toBuilder().setState(BackupPlan.State.DELETING).build());
        return store.begin("delete", name, Optional.of(plan), () -> {
            store.plans.remove(name);
            return Empty.getDefaultInstance();
        });
    }
}
