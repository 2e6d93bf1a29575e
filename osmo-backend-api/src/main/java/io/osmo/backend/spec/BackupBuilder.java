// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import org.jspecify.annotations.Nullable;

/** Describes the cloud-native backup (ST-3). Not safe for concurrent use. */
public final class BackupBuilder {
    private @Nullable Boolean enabled;
    private int retentionDays = 35;

    BackupBuilder() {}

    static BackupBuilder of(Backup backup) {
        return new BackupBuilder().enabled(backup.enabled()).retentionDays(backup.retentionDays());
    }

    /** Whether there is a backup. Default: yes in production, else no. */
    public BackupBuilder enabled(boolean on) {
        enabled = on;
        return this;
    }

    /** Days that a recovery point is kept, 1 to 36500. Default: 35. */
    public BackupBuilder retentionDays(int days) {
        retentionDays = days;
        return this;
    }

    Backup draft(Profile profile) {
        return ImmutableBackup.builder()
                .enabled(enabled != null ? enabled : profile == Profile.PRODUCTION)
                .retentionDays(retentionDays)
                .build();
    }
}
