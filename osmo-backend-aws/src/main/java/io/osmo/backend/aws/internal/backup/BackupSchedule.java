// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.backup.model.BackupPlanInput;
import software.amazon.awssdk.services.backup.model.BackupPlansListMember;
import software.amazon.awssdk.services.backup.model.BackupRule;
import software.amazon.awssdk.services.backup.model.CreateBackupPlanResponse;
import software.amazon.awssdk.services.backup.model.GetBackupPlanResponse;

/** The backup plan: once a day, kept as long as the spec says. Identified by the request id of its creation. */
public final class BackupSchedule extends AwsResource<ObservedPlan> implements Resource<ObservedPlan> {

    public static final ResourceId ID = ResourceId.of("backup-plan", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("backup:ListBackupPlans", "backup:GetBackupPlan", BackupTags.READ)
            .create("backup:CreateBackupPlan", BackupTags.WRITE)
            .update("backup:UpdateBackupPlan", BackupTags.WRITE)
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
                ObservedPlan.class,
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

    static Optional<ObservedPlan> details(AwsContext context, String planId) {
        return context.find("backup:GetBackupPlan", () -> context.backup().getBackupPlan(r -> r.backupPlanId(planId)))
                .map(plan -> new ObservedPlan(plan, BackupTags.of(context, plan.backupPlanArn())));
    }

    @Override
    public Optional<ObservedPlan> read(State state) {
        return find(context).flatMap(plan -> details(context, plan));
    }

    @Override
    public List<FieldChange> compare(ObservedPlan observed, State state) {
        List<FieldChange> changes = new ArrayList<>(compareTags(observed.tags()));
        List<BackupRule> rules = observed.plan().backupPlan().rules().stream()
                .filter(rule -> RULE.equals(rule.ruleName()))
                .toList();
        Long kept = rules.stream()
                .filter(rule -> rule.lifecycle() != null)
                .map(rule -> rule.lifecycle().deleteAfterDays())
                .findFirst()
                .orElse(null);
        if (kept == null || kept != retentionDays) {
            changes.add(FieldChange.inPlace("deleteAfterDays", String.valueOf(kept), retentionDays));
        }
        if (context.offers(EksFeature.TAG_UPDATES)) {
            rules.forEach(
                    rule -> changes.addAll(Ownership.compare("recoveryPointTags", rule.recoveryPointTags(), tags())));
        }
        return changes;
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
    public ObservedPlan create(State state) {
        String request = context.requestId(ID);
        CreateBackupPlanResponse made = context.call(
                "backup:CreateBackupPlan",
                () -> context.backup()
                        .createBackupPlan(r ->
                                r.backupPlan(plan()).creatorRequestId(request).backupPlanTags(tags())));
        return new ObservedPlan(
                GetBackupPlanResponse.builder()
                        .backupPlanId(made.backupPlanId())
                        .backupPlanArn(made.backupPlanArn())
                        .backupPlan(p -> p.backupPlanName(BackupVault.name(context)))
                        .build(),
                tags());
    }

    /** Tags come first: policies let only a plan that has them be changed. */
    @Override
    public void update(ObservedPlan observed, List<FieldChange> changes, State state) {
        if (Ownership.changed("tags", changes)) {
            BackupTags.add(context, observed.plan().backupPlanArn(), tags());
            return;
        }
        context.call(
                "backup:UpdateBackupPlan",
                () -> context.backup()
                        .updateBackupPlan(r -> r.backupPlanId(observed.id()).backupPlan(plan())));
    }

    @Override
    public void delete(ObservedPlan observed, State state) {
        context.delete(
                "backup:DeleteBackupPlan", () -> context.backup().deleteBackupPlan(r -> r.backupPlanId(observed.id())));
    }
}
