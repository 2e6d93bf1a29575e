// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.backup;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.cloud.gkebackup.v1.BackupPlan;
import com.google.cloud.gkebackup.v1.CreateBackupPlanRequest;
import com.google.cloud.gkebackup.v1.DeleteBackupPlanRequest;
import com.google.cloud.gkebackup.v1.UpdateBackupPlanRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.FieldMask;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpErrorTable;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.gcp.internal.LastOperation;
import io.osmo.backend.gcp.internal.cluster.ClusterReader;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Differences;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A daily backup of all namespaces with their volumes and Secrets (ST-3). Backup for GKE makes and changes plans in operations, and only
 * those tell why there is no plan in the end.
 *
 * @see <a href="https://docs.cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/reference/rest">Backup for GKE: operations</a>
 */
public final class GkeBackupPlan extends GcpResource<ObservedPlan> implements Resource<ObservedPlan> {
    public static final ResourceId ID = ResourceId.of("backup-plan", "main");

    private static final String READ_OPERATION = "gkebackup.operations.get";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("gkebackup.backupPlans.get")
            .create("gkebackup.backupPlans.create", READ_OPERATION)
            .update("gkebackup.backupPlans.update", READ_OPERATION)
            .delete("gkebackup.backupPlans.delete", READ_OPERATION);

    /** At an hour when little is running. */
    private static final String DAILY = "17 3 * * *";

    private final int retentionDays;

    GkeBackupPlan(GcpContext context, int retentionDays) {
        super(
                context,
                ID,
                ObservedPlan.class,
                Set.of(GkeCluster.ID),
                seconds(10, 5, 10),
                "daily backup, kept for " + retentionDays + " days");
        this.retentionDays = retentionDays;
    }

    static String path(GcpContext context) {
        return context.path(context.region()) + "/backupPlans/" + context.objectName();
    }

    static Optional<BackupPlan> find(GcpContext context) {
        return context.find(
                "gkebackup.backupPlans.get", () -> context.clients().backups().getBackupPlan(path(context)));
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    public boolean neededByControllers() {
        return true;
    }

    @Override
    public Optional<ObservedPlan> read(State state) {
        Optional<ObservedPlan> known = state.find(this);
        Optional<LastOperation.Running> running = lastOperation.running(this::progress);
        return running.isPresent() && known.isPresent()
                ? known.map(observed -> new ObservedPlan(observed.plan(), observed.backups(), running))
                : find(context).map(plan -> ObservedPlan.idle(plan, 0));
    }

    private LastOperation.Progress progress(String name) {
        // Without retries of its own: the engine decides when a call is made again.
        GrpcCallContext once = GrpcCallContext.createDefault().withRetryableCodes(Set.of());
        GetOperationRequest request =
                GetOperationRequest.newBuilder().setName(name).build();
        return context.find(
                        READ_OPERATION,
                        () -> clients()
                                .backups()
                                .getOperationsClient()
                                .getOperationCallable()
                                .call(request, once))
                .map(operation -> LastOperation.Progress.of(
                        "gkebackup.backupPlans",
                        operation.getDone(),
                        operation.hasError() ? Optional.of(operation.getError()) : Optional.empty()))
                .orElseGet(LastOperation.Progress::forgotten);
    }

    @Override
    public Readiness readiness(ObservedPlan observed) {
        if (observed.operation().filter(LastOperation.Running::deletes).isPresent()) {
            return Readiness.deleting();
        }
        return switch (observed.plan().getState()) {
            case FAILED ->
                GcpErrorTable.table()
                        .failed(
                                GcpErrorTable.BACKUP_PLAN_FAILED,
                                GcpErrorTable.BACKUP_PLAN_FAILED,
                                observed.plan().getStateReason());
            case DELETING -> Readiness.deleting();
            case PROVISIONING -> Readiness.pending("PROVISIONING");
            default ->
                observed.operation()
                        .map(running -> Readiness.pending("operation " + running.name()))
                        .orElseGet(Readiness::ready);
        };
    }

    /** GKE deletes no plan that holds backups, and they are what is needed when something has failed. */
    @Override
    public Optional<String> irreplaceable(ObservedPlan observed) {
        return observed.backups() > 0
                ? Optional.of(
                        "It holds backups, which would be lost. Delete them first, or set backup.enabled to false, which keeps"
                                + " them.")
                : Optional.empty();
    }

    @Override
    public ObservedPlan create(State state) {
        ObservedCluster cluster = state.require(GkeCluster.ID, ObservedCluster.class);
        BackupPlan plan = BackupPlan.newBuilder()
                .setCluster(ClusterReader.path(context, cluster.location()))
                .setDescription("OSMO backend " + context.name())
                .putAllLabels(context.ownership().tags())
                .setRetentionPolicy(BackupPlan.RetentionPolicy.newBuilder().setBackupRetainDays(retentionDays))
                .setBackupSchedule(BackupPlan.Schedule.newBuilder().setCronSchedule(DAILY))
                .setBackupConfig(BackupPlan.BackupConfig.newBuilder()
                        .setAllNamespaces(true)
                        .setIncludeVolumeData(true)
                        .setIncludeSecrets(true))
                .build();
        CreateBackupPlanRequest request = CreateBackupPlanRequest.newBuilder()
                .setParent(context.path(context.region()))
                .setBackupPlanId(context.objectName())
                .setBackupPlan(plan)
                .build();
        Operation started = context.call(
                "gkebackup.backupPlans.create",
                () -> clients().backups().createBackupPlanCallable().call(request));
        lastOperation.begin(started.getName());
        return ObservedPlan.idle(
                plan.toBuilder().setState(BackupPlan.State.PROVISIONING).build(), 0);
    }

    @Override
    public List<FieldChange> compare(ObservedPlan observed, State state) {
        BackupPlan plan = observed.plan();
        return new Differences()
                .inPlace(
                        "retentionPolicy.backupRetainDays",
                        plan.getRetentionPolicy().getBackupRetainDays(),
                        retentionDays)
                .inPlace("backupSchedule.paused", plan.getBackupSchedule().getPaused() || plan.getDeactivated(), false)
                .addAll(Ownership.compare(
                        "labels", plan.getLabelsMap(), context.ownership().tags()))
                .list();
    }

    @Override
    public void update(ObservedPlan observed, List<FieldChange> changes, State state) {
        BackupPlan.Builder plan = BackupPlan.newBuilder()
                .setName(path(context))
                .setCluster(observed.plan().getCluster());
        FieldMask.Builder mask = FieldMask.newBuilder();
        switch (changes.get(0).field()) {
            case "retentionPolicy.backupRetainDays" -> {
                plan.setRetentionPolicy(
                        observed.plan().getRetentionPolicy().toBuilder().setBackupRetainDays(retentionDays));
                mask.addPaths("retention_policy");
            }
            case "backupSchedule.paused" -> {
                plan.setBackupSchedule(BackupPlan.Schedule.newBuilder()
                                .setCronSchedule(DAILY)
                                .setPaused(false))
                        .setDeactivated(false);
                mask.addPaths("backup_schedule").addPaths("deactivated");
            }
            default -> {
                plan.putAllLabels(Ownership.merged(
                        observed.plan().getLabelsMap(), context.ownership().tags()));
                mask.addPaths("labels");
            }
        }
        UpdateBackupPlanRequest request = UpdateBackupPlanRequest.newBuilder()
                .setBackupPlan(plan)
                .setUpdateMask(mask)
                .build();
        Operation started = context.call(
                "gkebackup.backupPlans.update",
                () -> clients().backups().updateBackupPlanCallable().call(request));
        lastOperation.begin(started.getName());
    }

    @Override
    public void delete(ObservedPlan observed, State state) {
        DeleteBackupPlanRequest request =
                DeleteBackupPlanRequest.newBuilder().setName(path(context)).build();
        context.find(
                        "gkebackup.backupPlans.delete",
                        () -> clients().backups().deleteBackupPlanCallable().call(request))
                .ifPresent(started -> lastOperation.beginDeletion(started.getName()));
    }
}
