// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.backup.model.BackupPlanInput;
import software.amazon.awssdk.services.backup.model.BackupPlansListMember;
import software.amazon.awssdk.services.backup.model.CreateBackupPlanResponse;
import software.amazon.awssdk.services.backup.model.GetBackupPlanResponse;

/** The backup plan: once a day, kept as long as the spec says. Identified by the request id of its creation. */
public final class BackupSchedule extends AwsResource<GetBackupPlanResponse>
        implements Resource<GetBackupPlanResponse> {

    public static final ResourceId ID = ResourceId.of("backup-plan", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("backup:ListBackupPlans", "backup:GetBackupPlan")
            .create("backup:CreateBackupPlan", "backup:TagResource")
            .update("backup:UpdateBackupPlan")
            .delete("backup:DeleteBackupPlan");

    private static final String RULE = "daily";
    /** Five in the morning, UTC: the service's own default. */
    private static final String DAILY = "cron(0 5 ? * * *)";

    private final long retentionDays;

    /** @param retentionDays days that a recovery point is kept, at least 1 */
    BackupSchedule(AwsContext context, long retentionDays) {
        super(
                context,
                ID,
                GetBackupPlanResponse.class,
                Set.of(BackupVault.ID),
                Timing.quick(),
                "backup plan " + BackupVault.name(context));
        this.retentionDays = retentionDays;
    }

    /** Id of the backend's backup plan. */
    static Optional<String> find(AwsContext context) {
        return context.call(
                "backup:ListBackupPlans",
                () -> context.backup().listBackupPlansPaginator(r -> r.maxResults(1000)).backupPlansList().stream()
                        .filter(plan -> context.isRequestId(ID, plan.creatorRequestId()))
                        .map(BackupPlansListMember::backupPlanId)
                        .findFirst());
    }

    static Optional<GetBackupPlanResponse> details(AwsContext context, String planId) {
        return context.find("backup:GetBackupPlan", () -> context.backup().getBackupPlan(r -> r.backupPlanId(planId)));
    }

    @Override
    public Optional<GetBackupPlanResponse> read(State state) {
        return find(context).flatMap(plan -> details(context, plan));
    }

    @Override
    public List<FieldChange> compare(GetBackupPlanResponse observed, State state) {
        Long kept = observed.backupPlan().rules().stream()
                .filter(rule -> RULE.equals(rule.ruleName()) && rule.lifecycle() != null)
                .map(rule -> rule.lifecycle().deleteAfterDays())
                .findFirst()
                .orElse(null);
        return kept != null && kept == retentionDays
                ? List.of()
                : List.of(FieldChange.inPlace("deleteAfterDays", String.valueOf(kept), retentionDays));
    }

    private BackupPlanInput plan() {
        return BackupPlanInput.builder()
                .backupPlanName(BackupVault.name(context))
                .rules(r -> r.ruleName(RULE)
                        .targetBackupVaultName(BackupVault.name(context))
                        .scheduleExpression(DAILY)
                        .lifecycle(l -> l.deleteAfterDays(retentionDays))
                        .recoveryPointTags(tags()))
                .build();
    }

    @Override
    public GetBackupPlanResponse create(State state) {
        String request = context.requestId(ID);
        CreateBackupPlanResponse made = context.call(
                "backup:CreateBackupPlan",
                () -> context.backup()
                        .createBackupPlan(r ->
                                r.backupPlan(plan()).creatorRequestId(request).backupPlanTags(tags())));
        return GetBackupPlanResponse.builder()
                .backupPlanId(made.backupPlanId())
                .backupPlanArn(made.backupPlanArn())
                .backupPlan(p -> p.backupPlanName(BackupVault.name(context)))
                .build();
    }

    @Override
    public void update(GetBackupPlanResponse observed, List<FieldChange> changes, State state) {
        context.call(
                "backup:UpdateBackupPlan",
                () -> context.backup()
                        .updateBackupPlan(
                                r -> r.backupPlanId(observed.backupPlanId()).backupPlan(plan())));
    }

    @Override
    public void delete(GetBackupPlanResponse observed, State state) {
        context.delete(
                "backup:DeleteBackupPlan",
                () -> context.backup().deleteBackupPlan(r -> r.backupPlanId(observed.backupPlanId())));
    }
}
