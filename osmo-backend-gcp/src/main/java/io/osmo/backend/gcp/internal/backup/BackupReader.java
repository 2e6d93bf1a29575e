// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.backup;

import com.google.cloud.gkebackup.v1.BackupPlan;
import com.google.common.collect.Iterables;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the backup plan, and how many backups it holds when it may have to be deleted. */
final class BackupReader implements Reader<GcpContext> {
    static final BackupReader INSTANCE = new BackupReader();

    private BackupReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("gkebackup.backupPlans.get", "gkebackup.backups.list");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        // Only a plan that is to go, or has failed, must not be deleted with its backups.
        boolean wanted = observation.spec().filter(s -> s.backup().enabled()).isPresent();
        return context.scheduler()
                .call(() -> GkeBackupPlan.find(context)
                        .map(plan -> ObservedPlan.idle(
                                plan,
                                wanted && plan.getState() != BackupPlan.State.FAILED ? 0 : backups(context, plan))))
                .thenApply(found -> Reading.of(
                        GkeBackupPlan.ID,
                        found.map(plan ->
                                context.ownership().observed(plan, plan.plan().getLabelsMap()))));
    }

    private static int backups(GcpContext context, BackupPlan plan) {
        return context.find(
                        "gkebackup.backups.list",
                        () -> Iterables.size(context.clients()
                                .backups()
                                .listBackups(plan.getName())
                                .iterateAll()))
                .orElse(0);
    }
}
