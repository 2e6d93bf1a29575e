// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.backup.model.BackupPlan;
import software.amazon.awssdk.services.backup.model.BackupPlanInput;
import software.amazon.awssdk.services.backup.model.BackupPlansListMember;
import software.amazon.awssdk.services.backup.model.BackupRule;
import software.amazon.awssdk.services.backup.model.CreateBackupPlanResponse;
import software.amazon.awssdk.services.backup.model.GetBackupPlanResponse;

/** The backup plan: once a day, kept as long as the spec says. */
public final class BackupSchedule extends AwsResource<GetBackupPlanResponse> {
    public static final ResourceId ID = ResourceId.of("backup-plan", "main");

    private static final int NAME_LIMIT = 50;
    private static final String RULE = "daily";
    /** Five in the morning, UTC: the service's own default. */
    private static final String DAILY = "cron(0 5 ? * * *)";

    private final long retentionDays;

    /** @param retentionDays days that a recovery point is kept, at least 1 */
    BackupSchedule(AwsContext aws, long retentionDays) {
        super(aws, ID, GetBackupPlanResponse.class, Set.of(BackupVault.ID), Timing.quick(), "backup plan " + name(aws));
        this.retentionDays = retentionDays;
    }

    static String name(AwsContext aws) {
        return Names.shortened("osmo-" + aws.name(), NAME_LIMIT);
    }

    static String requestId(AwsContext aws) {
        return aws.token(ID);
    }

    static Optional<BackupPlansListMember> find(AwsContext aws) {
        return aws.call(
                "backup:ListBackupPlans",
                () ->
                        aws
                                .clients()
                                .backup()
                                .listBackupPlansPaginator(r -> r.maxResults(1000))
                                .backupPlansList()
                                .stream()
                                .filter(plan -> requestId(aws).equals(plan.creatorRequestId()))
                                .findFirst());
    }

    static Optional<GetBackupPlanResponse> details(AwsContext aws, BackupPlansListMember plan) {
        return aws.find(
                "backup:GetBackupPlan",
                () -> aws.clients().backup().getBackupPlan(r -> r.backupPlanId(plan.backupPlanId())));
    }

    @Override
    public Optional<GetBackupPlanResponse> read(State state) {
        return find(aws).flatMap(plan -> details(aws, plan));
    }

    @Override
    public List<FieldChange> compare(GetBackupPlanResponse observed, State state) {
        Long kept = observed.backupPlan().rules().stream()
                .filter(rule -> RULE.equals(rule.ruleName()) && rule.lifecycle() != null)
                .map(BackupRule::lifecycle)
                .map(lifecycle -> lifecycle.deleteAfterDays())
                .findFirst()
                .orElse(null);
        return kept != null && kept == retentionDays
                ? List.of()
                : List.of(FieldChange.inPlace("deleteAfterDays", String.valueOf(kept), retentionDays));
    }

    private BackupPlanInput plan() {
        return BackupPlanInput.builder()
                .backupPlanName(name(aws))
                .rules(r -> r.ruleName(RULE)
                        .targetBackupVaultName(BackupVault.name(aws))
                        .scheduleExpression(DAILY)
                        .lifecycle(l -> l.deleteAfterDays(retentionDays))
                        .recoveryPointTags(aws.tags().of(ID)))
                .build();
    }

    @Override
    public GetBackupPlanResponse create(State state) {
        CreateBackupPlanResponse made = aws.call(
                "backup:CreateBackupPlan",
                () -> aws.clients()
                        .backup()
                        .createBackupPlan(r -> r.backupPlan(plan())
                                .creatorRequestId(requestId(aws))
                                .backupPlanTags(aws.tags().of(ID))));
        return GetBackupPlanResponse.builder()
                .backupPlanId(made.backupPlanId())
                .backupPlanArn(made.backupPlanArn())
                .backupPlan(BackupPlan.builder().backupPlanName(name(aws)).build())
                .build();
    }

    @Override
    public void update(GetBackupPlanResponse observed, List<FieldChange> changes, State state) {
        aws.call(
                "backup:UpdateBackupPlan",
                () -> aws.clients()
                        .backup()
                        .updateBackupPlan(
                                r -> r.backupPlanId(observed.backupPlanId()).backupPlan(plan())));
    }

    @Override
    public void delete(GetBackupPlanResponse observed, State state) {
        aws.delete(
                "backup:DeleteBackupPlan",
                () -> aws.clients().backup().deleteBackupPlan(r -> r.backupPlanId(observed.backupPlanId())));
    }
}
