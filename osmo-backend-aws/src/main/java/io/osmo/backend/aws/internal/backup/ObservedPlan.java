// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import java.util.Map;
import software.amazon.awssdk.services.backup.model.GetBackupPlanResponse;

/** A backup plan with its tags, which AWS Backup returns by a call of their own. */
record ObservedPlan(GetBackupPlanResponse plan, Map<String, String> tags) {
    ObservedPlan {
        tags = Map.copyOf(tags);
    }

    String id() {
        return plan.backupPlanId();
    }
}
