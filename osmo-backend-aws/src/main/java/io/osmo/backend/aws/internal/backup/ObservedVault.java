// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import java.util.Map;
import software.amazon.awssdk.services.backup.model.BackupVaultListMember;

/**
 * A vault with its tags, which AWS Backup returns by a call of their own.
 *
 * @param tags empty for a vault of others, whose tags do not matter
 */
record ObservedVault(BackupVaultListMember vault, Map<String, String> tags) {
    ObservedVault {
        tags = Map.copyOf(tags);
    }
}
