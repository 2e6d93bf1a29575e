// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.backup.BackupConcern;
import io.osmo.backend.cluster.CloudFacts.BackupFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What Azure Backup says about the cluster. */
final class BackupReader implements FactReader<FactSource, BackupFacts> {
    /** States in which the next backup will be made. */
    private static final Set<String> PROTECTED = Set.of("protectionconfigured", "configuringprotection");

    @Override
    public CompletableFuture<Fact<BackupFacts>> read(FactSource source) {
        return Facts.of(BackupConcern.instance(source.context()).thenApply(BackupReader::of));
    }

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
