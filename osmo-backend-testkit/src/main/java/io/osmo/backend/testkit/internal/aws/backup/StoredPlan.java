// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.backup;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.backup.model.*;

/** A plan with its selections. */
final class StoredPlan {
    BackupPlan plan;
    String versionId;
    final BackupPlansListMember member;
    final Map<String, GetBackupSelectionResponse> selections = new TreeMap<>();

    StoredPlan(BackupPlan plan, String versionId, BackupPlansListMember member) {
        this.plan = plan;
        this.versionId = versionId;
        this.member = member;
    }
}
