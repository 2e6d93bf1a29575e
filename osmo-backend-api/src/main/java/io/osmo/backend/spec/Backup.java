// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import org.immutables.value.Value;

/** Cloud-native backup (ST-3). */
@Value.Immutable
@SpecStyle
public interface Backup {
    boolean enabled();

    /** Days that a recovery point is kept, at least 1. */
    int retentionDays();
}
