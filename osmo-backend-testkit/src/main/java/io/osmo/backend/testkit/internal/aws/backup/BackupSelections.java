// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.backup;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.backup.model.*;

/** Backup selections: the resources that a plan backs up, and the role that it uses. */
final class BackupSelections {
    private final Backup backup;

    BackupSelections(Backup backup) {
        this.backup = backup;
    }

    CreateBackupSelectionResponse createBackupSelection(CreateBackupSelectionRequest r) {
        return backup.account.once(r, r.creatorRequestId(), () -> {
            StoredPlan stored = backup.plans.get(r.backupPlanId());
            if (!backup.iam.isAssumable(r.backupSelection().iamRoleArn(), "backup.amazonaws.com")) {
                throw Backup.refuse(
                        InvalidParameterValueException.builder(),
                        "InvalidParameterValueException",
                        "IAM Role " + r.backupSelection().iamRoleArn() + " cannot be assumed by AWS Backup");
            }
            if (stored.selections.values().stream()
                    .anyMatch(s -> s.backupSelection()
                            .selectionName()
                            .equals(r.backupSelection().selectionName()))) {
                throw Backup.exists("Backup selection with the same name already exists");
            }
            String id = backup.account.uuid();
            stored.selections.put(
                    id,
                    GetBackupSelectionResponse.builder()
                            .backupPlanId(r.backupPlanId())
                            .selectionId(id)
                            .backupSelection(r.backupSelection())
                            .creationDate(backup.account.now())
                            .creatorRequestId(r.creatorRequestId())
                            .build());
            return CreateBackupSelectionResponse.builder()
                    .backupPlanId(r.backupPlanId())
                    .selectionId(id)
                    .creationDate(backup.account.now())
                    .build();
        });
    }

    GetBackupSelectionResponse getBackupSelection(GetBackupSelectionRequest r) {
        GetBackupSelectionResponse found =
                backup.plans.get(r.backupPlanId()).selections.get(r.selectionId());
        if (found == null) {
            throw Backup.notFound("Cannot find Backup selection with ID " + r.selectionId());
        }
        return found;
    }

    ListBackupSelectionsResponse listBackupSelections(ListBackupSelectionsRequest r) {
        List<BackupSelectionsListMember> found = new ArrayList<>();
        backup.plans
                .get(r.backupPlanId())
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
        Page<BackupSelectionsListMember> page =
                Page.of(found, r.maxResults(), r.nextToken(), backup.account.pageSize());
        return ListBackupSelectionsResponse.builder()
                .backupSelectionsList(page.items())
                .nextToken(page.next())
                .build();
    }

    DeleteBackupSelectionResponse deleteBackupSelection(DeleteBackupSelectionRequest r) {
        if (backup.plans.get(r.backupPlanId()).selections.remove(r.selectionId()) == null) {
            throw Backup.notFound("Cannot find Backup selection with ID " + r.selectionId());
        }
        return DeleteBackupSelectionResponse.builder().build();
    }
}
