// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.backup;

import io.osmo.backend.testkit.internal.Page;
import java.util.TreeMap;
import software.amazon.awssdk.services.backup.model.*;

/** Backup plans. */
final class BackupPlans {
    private final Backup backup;

    BackupPlans(Backup backup) {
        this.backup = backup;
    }

    CreateBackupPlanResponse createBackupPlan(CreateBackupPlanRequest r) {
        return backup.account.once(r, r.creatorRequestId(), () -> {
            BackupPlan plan = plan(r.backupPlan());
            if (backup.plans.any(p -> p.plan.equals(plan))) {
                throw Backup.exists("Backup plan with the same plan document already exists");
            }
            String id = backup.account.uuid();
            String version = backup.account.hex(32);
            StoredPlan stored = new StoredPlan(
                    plan,
                    version,
                    BackupPlansListMember.builder()
                            .backupPlanId(id)
                            .backupPlanArn(backup.arn("backup", "backup-plan:" + id))
                            .backupPlanName(plan.backupPlanName())
                            .creationDate(backup.account.now())
                            .creatorRequestId(r.creatorRequestId())
                            .versionId(version)
                            .build());
            backup.tags.put(stored.member.backupPlanArn(), new TreeMap<>(BackupSettings.checked(r.backupPlanTags())));
            backup.plans.put(id, stored);
            return CreateBackupPlanResponse.builder()
                    .backupPlanId(id)
                    .backupPlanArn(stored.member.backupPlanArn())
                    .creationDate(backup.account.now())
                    .versionId(version)
                    .build();
        });
    }

    GetBackupPlanResponse getBackupPlan(GetBackupPlanRequest r) {
        StoredPlan stored = backup.plans.get(r.backupPlanId());
        return GetBackupPlanResponse.builder()
                .backupPlan(stored.plan)
                .backupPlanId(r.backupPlanId())
                .backupPlanArn(stored.member.backupPlanArn())
                .creationDate(stored.member.creationDate())
                .versionId(stored.versionId)
                .build();
    }

    ListBackupPlansResponse listBackupPlans(ListBackupPlansRequest r) {
        Page<StoredPlan> page = Page.of(backup.plans.all(), r.maxResults(), r.nextToken(), backup.account.pageSize());
        return ListBackupPlansResponse.builder()
                .backupPlansList(page.items().stream()
                        .map(p -> p.member.toBuilder().versionId(p.versionId).build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    UpdateBackupPlanResponse updateBackupPlan(UpdateBackupPlanRequest r) {
        StoredPlan stored = backup.plans.get(r.backupPlanId());
        stored.plan = plan(r.backupPlan());
        stored.versionId = backup.account.hex(32);
        return UpdateBackupPlanResponse.builder()
                .backupPlanId(r.backupPlanId())
                .backupPlanArn(stored.member.backupPlanArn())
                .creationDate(stored.member.creationDate())
                .versionId(stored.versionId)
                .build();
    }

    DeleteBackupPlanResponse deleteBackupPlan(DeleteBackupPlanRequest r) {
        StoredPlan stored = backup.plans.get(r.backupPlanId());
        if (!stored.selections.isEmpty()) {
            throw Backup.refuse(
                    InvalidRequestException.builder(),
                    "InvalidRequestException",
                    "Related backup plan selections must be deleted prior to backup plan deletion.");
        }
        backup.plans.remove(r.backupPlanId());
        backup.tags.remove(stored.member.backupPlanArn());
        return DeleteBackupPlanResponse.builder()
                .backupPlanId(r.backupPlanId())
                .backupPlanArn(stored.member.backupPlanArn())
                .deletionDate(backup.account.now())
                .build();
    }

    private BackupPlan plan(BackupPlanInput input) {
        for (BackupRuleInput rule : input.rules()) {
            backup.vaults.get(rule.targetBackupVaultName());
        }
        return BackupPlan.builder()
                .backupPlanName(input.backupPlanName())
                .rules(input.rules().stream()
                        .map(rule -> BackupRule.builder()
                                .ruleName(rule.ruleName())
                                .targetBackupVaultName(rule.targetBackupVaultName())
                                .scheduleExpression(rule.scheduleExpression())
                                .scheduleExpressionTimezone(rule.scheduleExpressionTimezone())
                                .startWindowMinutes(rule.startWindowMinutes())
                                .completionWindowMinutes(rule.completionWindowMinutes())
                                .lifecycle(rule.lifecycle())
                                .recoveryPointTags(rule.recoveryPointTags())
                                .copyActions(rule.copyActions())
                                .build())
                        .toList())
                .build();
    }
}
