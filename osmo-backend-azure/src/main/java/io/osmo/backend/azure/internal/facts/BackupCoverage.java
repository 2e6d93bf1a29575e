// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.cluster.CloudFacts.BackupFacts;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What Azure Backup says about the cluster. */
final class BackupCoverage {
    /** States in which the next backup will be made. */
    private static final Set<String> PROTECTED = Set.of("protectionconfigured", "configuringprotection");

    private BackupCoverage() {}

    static BackupFacts of(Optional<ArmObject> instance) {
        if (instance.isEmpty()) {
            return new BackupFacts(false, "no backup instance of this backend");
        }
        String state = instance.get()
                .find("/properties/currentProtectionState")
                .or(() -> instance.get().find("/properties/protectionStatus/status"))
                .orElse("");
        boolean covered = PROTECTED.contains(state.toLowerCase(Locale.ROOT));
        return new BackupFacts(covered, "backup instance " + instance.get().id() + ": " + state);
    }
}
