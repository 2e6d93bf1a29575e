// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads vault, plan and selection, with their tags: three round trips. */
public final class BackupReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new BackupReader();

    private BackupReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(
                "backup:ListBackupVaults",
                "backup:ListBackupPlans",
                "backup:GetBackupPlan",
                "backup:ListBackupSelections",
                BackupTags.READ,
                "backup:DescribeRegionSettings");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        CompletableFuture<Reading> vault = context.scheduler()
                .call(() -> BackupVault.find(context)
                        .map(found -> Reading.of(
                                BackupVault.ID,
                                BackupVault.isOurs(context, found)
                                        ? Observed.ours(BackupVault.tagged(context, found))
                                        : Observed.foreign(new ObservedVault(found, Map.of()))))
                        .orElseGet(Reading::empty));
        CompletableFuture<Reading> plan = context.scheduler()
                .call(() -> BackupSchedule.find(context))
                .thenCompose(found -> found.map(id -> detailed(context, id))
                        .orElseGet(() -> CompletableFuture.completedFuture(Reading.empty())));
        return Reading.all(List.of(vault, plan, support(context, observation.spec())));
    }

    private static CompletableFuture<Reading> detailed(AwsContext context, String planId) {
        CompletableFuture<Reading> schedule =
                context.scheduler().call(() -> ours(BackupSchedule.ID, BackupSchedule.details(context, planId)));
        if (!context.offers(EksFeature.BACKUP_SELECTION)) {
            return schedule;
        }
        CompletableFuture<Reading> selection = context.scheduler()
                .call(() -> ours(
                        BackupAssignment.ID,
                        BackupAssignment.of(context, planId).stream().findFirst()));
        return schedule.thenCombine(selection, Reading::and);
    }

    private static Reading ours(ResourceId id, Optional<?> found) {
        return found.map(value -> Reading.of(id, Observed.ours(value))).orElseGet(Reading::empty);
    }

    private static CompletableFuture<Reading> support(AwsContext context, Optional<BackendSpec> spec) {
        if (spec.filter(s -> s.backup().enabled()).isEmpty() || !context.offers(EksFeature.BACKUP_SELECTION)) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return context.async(
                        "backup:DescribeRegionSettings",
                        () -> context.backup().describeRegionSettings(r -> {}).resourceTypeOptInPreference())
                .thenApply(preferences -> Reading.attachment(
                        BackupSupport.class, new BackupSupport(Boolean.TRUE.equals(preferences.get("EKS")))));
    }
}
