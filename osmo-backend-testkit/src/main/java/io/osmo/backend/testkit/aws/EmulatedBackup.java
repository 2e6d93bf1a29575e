// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.backup.model.*;

/** AWS Backup: vaults, plans, selections. */
final class EmulatedBackup {
    private final AwsAccount account;
    private final String region;
    private final EmulatedIam iam;
    private final Table<BackupVaultListMember> vaults =
            new Table<>(name -> notFound("Backup vault " + name + " not found"));
    private final Table<HeldPlan> plans = new Table<>(id -> notFound("Cannot find Backup plan with ID " + id));
    private final Map<String, Map<String, String>> tags = new TreeMap<>();

    EmulatedBackup(AwsAccount account, String region, EmulatedIam iam) {
        this.account = account;
        this.region = region;
        this.iam = iam;
    }

    private static final class HeldPlan {
        BackupPlan plan;
        String versionId;
        final BackupPlansListMember member;
        final Map<String, GetBackupSelectionResponse> selections = new TreeMap<>();

        HeldPlan(BackupPlan plan, String versionId, BackupPlansListMember member) {
            this.plan = plan;
            this.versionId = versionId;
            this.member = member;
        }
    }

    CreateBackupVaultResponse createBackupVault(CreateBackupVaultRequest r) {
        if (vaults.has(r.backupVaultName())) {
            throw exists("Backup vault with the same name already exists");
        }
        BackupVaultListMember vault = vaults.put(
                r.backupVaultName(),
                BackupVaultListMember.builder()
                        .backupVaultName(r.backupVaultName())
                        .backupVaultArn(account.arn("backup", region, "backup-vault:" + r.backupVaultName()))
                        .creationDate(account.now())
                        .creatorRequestId(r.creatorRequestId())
                        .encryptionKeyArn(r.encryptionKeyArn())
                        .numberOfRecoveryPoints(0L)
                        .locked(false)
                        .build());
        tags.put(vault.backupVaultArn(), new TreeMap<>(r.backupVaultTags()));
        return CreateBackupVaultResponse.builder()
                .backupVaultName(vault.backupVaultName())
                .backupVaultArn(vault.backupVaultArn())
                .creationDate(vault.creationDate())
                .build();
    }

    DescribeBackupVaultResponse describeBackupVault(DescribeBackupVaultRequest r) {
        // A vault that is not there is told apart from one that may not be seen by nobody.
        BackupVaultListMember vault = vaults.find(r.backupVaultName())
                .orElseThrow(() -> AwsErrors.of(
                        "backup", 403, "AccessDeniedException", "Insufficient privileges to perform this action."));
        return DescribeBackupVaultResponse.builder()
                .backupVaultName(vault.backupVaultName())
                .backupVaultArn(vault.backupVaultArn())
                .creationDate(vault.creationDate())
                .encryptionKeyArn(vault.encryptionKeyArn())
                .creatorRequestId(vault.creatorRequestId())
                .numberOfRecoveryPoints(vault.numberOfRecoveryPoints())
                .locked(false)
                .build();
    }

    ListBackupVaultsResponse listBackupVaults(ListBackupVaultsRequest r) {
        Page<BackupVaultListMember> page = Page.of(vaults.all(), r.maxResults(), r.nextToken(), account.pageSize());
        return ListBackupVaultsResponse.builder()
                .backupVaultList(page.items())
                .nextToken(page.next())
                .build();
    }

    DeleteBackupVaultResponse deleteBackupVault(DeleteBackupVaultRequest r) {
        BackupVaultListMember vault = vaults.get(r.backupVaultName());
        if (vault.numberOfRecoveryPoints() > 0) {
            throw refuse(
                    InvalidRequestException.builder(),
                    "InvalidRequestException",
                    "Backup vault cannot be deleted because it contains recovery points");
        }
        vaults.remove(r.backupVaultName());
        tags.remove(vault.backupVaultArn());
        return DeleteBackupVaultResponse.builder().build();
    }

    ListRecoveryPointsByBackupVaultResponse listRecoveryPointsByBackupVault(ListRecoveryPointsByBackupVaultRequest r) {
        vaults.get(r.backupVaultName());
        return ListRecoveryPointsByBackupVaultResponse.builder()
                .recoveryPoints(List.of())
                .build();
    }

    CreateBackupPlanResponse createBackupPlan(CreateBackupPlanRequest r) {
        return account.once("CreateBackupPlan", r.creatorRequestId(), () -> {
            BackupPlan plan = plan(r.backupPlan());
            if (plans.any(p -> p.plan.equals(plan))) {
                throw exists("Backup plan with the same plan document already exists");
            }
            String id = account.uuid();
            String version = account.hex(32);
            HeldPlan held = new HeldPlan(
                    plan,
                    version,
                    BackupPlansListMember.builder()
                            .backupPlanId(id)
                            .backupPlanArn(account.arn("backup", region, "backup-plan:" + id))
                            .backupPlanName(plan.backupPlanName())
                            .creationDate(account.now())
                            .creatorRequestId(r.creatorRequestId())
                            .versionId(version)
                            .build());
            plans.put(id, held);
            tags.put(held.member.backupPlanArn(), new TreeMap<>(r.backupPlanTags()));
            return CreateBackupPlanResponse.builder()
                    .backupPlanId(id)
                    .backupPlanArn(held.member.backupPlanArn())
                    .creationDate(account.now())
                    .versionId(version)
                    .build();
        });
    }

    GetBackupPlanResponse getBackupPlan(GetBackupPlanRequest r) {
        HeldPlan held = plans.get(r.backupPlanId());
        return GetBackupPlanResponse.builder()
                .backupPlan(held.plan)
                .backupPlanId(r.backupPlanId())
                .backupPlanArn(held.member.backupPlanArn())
                .creationDate(held.member.creationDate())
                .versionId(held.versionId)
                .build();
    }

    ListBackupPlansResponse listBackupPlans(ListBackupPlansRequest r) {
        Page<HeldPlan> page = Page.of(plans.all(), r.maxResults(), r.nextToken(), account.pageSize());
        return ListBackupPlansResponse.builder()
                .backupPlansList(page.items().stream()
                        .map(p -> p.member.toBuilder().versionId(p.versionId).build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    UpdateBackupPlanResponse updateBackupPlan(UpdateBackupPlanRequest r) {
        HeldPlan held = plans.get(r.backupPlanId());
        held.plan = plan(r.backupPlan());
        held.versionId = account.hex(32);
        return UpdateBackupPlanResponse.builder()
                .backupPlanId(r.backupPlanId())
                .backupPlanArn(held.member.backupPlanArn())
                .creationDate(held.member.creationDate())
                .versionId(held.versionId)
                .build();
    }

    DeleteBackupPlanResponse deleteBackupPlan(DeleteBackupPlanRequest r) {
        HeldPlan held = plans.get(r.backupPlanId());
        if (!held.selections.isEmpty()) {
            throw refuse(
                    InvalidRequestException.builder(),
                    "InvalidRequestException",
                    "Related backup plan selections must be deleted prior to backup plan deletion.");
        }
        plans.remove(r.backupPlanId());
        tags.remove(held.member.backupPlanArn());
        return DeleteBackupPlanResponse.builder()
                .backupPlanId(r.backupPlanId())
                .backupPlanArn(held.member.backupPlanArn())
                .deletionDate(account.now())
                .build();
    }

    CreateBackupSelectionResponse createBackupSelection(CreateBackupSelectionRequest r) {
        return account.once("CreateBackupSelection", r.creatorRequestId(), () -> {
            HeldPlan held = plans.get(r.backupPlanId());
            boolean good = iam.assumable(r.backupSelection().iamRoleArn(), account.now())
                    .filter(role -> EmulatedIam.trusts(role, "backup.amazonaws.com"))
                    .isPresent();
            if (!good) {
                throw refuse(
                        InvalidParameterValueException.builder(),
                        "InvalidParameterValueException",
                        "IAM Role " + r.backupSelection().iamRoleArn() + " cannot be assumed by AWS Backup");
            }
            if (held.selections.values().stream()
                    .anyMatch(s -> s.backupSelection()
                            .selectionName()
                            .equals(r.backupSelection().selectionName()))) {
                throw exists("Backup selection with the same name already exists");
            }
            String id = account.uuid();
            held.selections.put(
                    id,
                    GetBackupSelectionResponse.builder()
                            .backupPlanId(r.backupPlanId())
                            .selectionId(id)
                            .backupSelection(r.backupSelection())
                            .creationDate(account.now())
                            .creatorRequestId(r.creatorRequestId())
                            .build());
            return CreateBackupSelectionResponse.builder()
                    .backupPlanId(r.backupPlanId())
                    .selectionId(id)
                    .creationDate(account.now())
                    .build();
        });
    }

    GetBackupSelectionResponse getBackupSelection(GetBackupSelectionRequest r) {
        GetBackupSelectionResponse found =
                plans.get(r.backupPlanId()).selections.get(r.selectionId());
        if (found == null) {
            throw notFound("Cannot find Backup selection with ID " + r.selectionId());
        }
        return found;
    }

    ListBackupSelectionsResponse listBackupSelections(ListBackupSelectionsRequest r) {
        List<BackupSelectionsListMember> found = new ArrayList<>();
        plans.get(r.backupPlanId())
                .selections
                .values()
                .forEach(s -> found.add(BackupSelectionsListMember.builder()
                        .backupPlanId(r.backupPlanId())
                        .selectionId(s.selectionId())
                        .selectionName(s.backupSelection().selectionName())
                        .iamRoleArn(s.backupSelection().iamRoleArn())
                        .creationDate(s.creationDate())
                        .creatorRequestId(s.creatorRequestId())
                        .build()));
        Page<BackupSelectionsListMember> page = Page.of(found, r.maxResults(), r.nextToken(), account.pageSize());
        return ListBackupSelectionsResponse.builder()
                .backupSelectionsList(page.items())
                .nextToken(page.next())
                .build();
    }

    DeleteBackupSelectionResponse deleteBackupSelection(DeleteBackupSelectionRequest r) {
        if (plans.get(r.backupPlanId()).selections.remove(r.selectionId()) == null) {
            throw notFound("Cannot find Backup selection with ID " + r.selectionId());
        }
        return DeleteBackupSelectionResponse.builder().build();
    }

    TagResourceResponse tagResource(TagResourceRequest r) {
        tagsOf(r.resourceArn()).putAll(r.tags());
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untagResource(UntagResourceRequest r) {
        tagsOf(r.resourceArn()).keySet().removeAll(r.tagKeyList());
        return UntagResourceResponse.builder().build();
    }

    ListTagsResponse listTags(ListTagsRequest r) {
        return ListTagsResponse.builder().tags(tagsOf(r.resourceArn())).build();
    }

    GetSupportedResourceTypesResponse getSupportedResourceTypes(GetSupportedResourceTypesRequest r) {
        return GetSupportedResourceTypesResponse.builder()
                .resourceTypes("EBS", "EC2", "EFS", "EKS", "S3")
                .build();
    }

    DescribeRegionSettingsResponse describeRegionSettings(DescribeRegionSettingsRequest r) {
        return DescribeRegionSettingsResponse.builder()
                .resourceTypeOptInPreference(Map.of("EBS", true, "EC2", true, "EKS", true))
                .build();
    }

    List<String> inventory() {
        List<String> lines = new ArrayList<>();
        vaults.all().forEach(v -> lines.add("backup-vault " + v.backupVaultName()));
        plans.all().forEach(p -> {
            lines.add("backup-plan " + p.plan.backupPlanName());
            p.selections
                    .values()
                    .forEach(s ->
                            lines.add("backup-selection " + s.backupSelection().selectionName()));
        });
        return lines;
    }

    private Map<String, String> tagsOf(String arn) {
        Map<String, String> found = tags.get(arn);
        if (found == null) {
            throw notFound("No resource found for ARN " + arn);
        }
        return found;
    }

    private BackupPlan plan(BackupPlanInput input) {
        for (BackupRuleInput rule : input.rules()) {
            vaults.get(rule.targetBackupVaultName());
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

    private static AwsServiceException notFound(String message) {
        return refuse(ResourceNotFoundException.builder(), "ResourceNotFoundException", message);
    }

    private static AwsServiceException exists(String message) {
        return refuse(AlreadyExistsException.builder(), "AlreadyExistsException", message);
    }

    private static AwsServiceException refuse(AwsServiceException.Builder builder, String code, String message) {
        return AwsErrors.of(builder, "Backup", 400, code, message);
    }
}
