// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.lock;

import java.util.List;

/**
 * The locks that the caller may see; an attachment of every inventory.
 *
 * @param all of the subscription, or of the resource group when only that may be read
 * @param unread why some could not be read; empty when all were
 * @param inGroup whether those in the resource group were read
 */
record ManagementLocks(List<ManagementLock> all, String unread, boolean inGroup) {
    ManagementLocks {
        all = List.copyOf(all);
    }
}
