// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.backup.model.BackupPlansListMember;

/** Reads vault, plan and selection: two round trips, three where there is no vault yet. */
final class BackupReader implements Reader {
    private static final String EKS = "EKS";

    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        CompletableFuture<Reading> vault = aws.scheduler()
                .call(() -> BackupVault.find(aws)
                        .map(v -> Reading.of(
                                BackupVault.ID, BackupVault.isOurs(aws, v) ? Observed.ours(v) : Observed.foreign(v)))
                        .orElseGet(Reading::empty));
        CompletableFuture<Reading> plan = aws.scheduler()
                .call(() -> BackupSchedule.find(aws))
                .thenCompose(found -> found.map(p -> detailed(aws, p))
                        .orElseGet(() -> CompletableFuture.completedFuture(Reading.empty())));
        return Reading.all(List.of(vault, plan, support(aws, spec)));
    }

    private static CompletableFuture<Reading> detailed(AwsContext aws, BackupPlansListMember plan) {
        CompletableFuture<Reading> schedule = aws.scheduler()
                .call(() -> BackupSchedule.details(aws, plan)
                        .map(p -> Reading.of(BackupSchedule.ID, Observed.ours(p)))
                        .orElseGet(Reading::empty));
        if (!aws.settings().offers(EksFeature.BACKUP_SELECTION)) {
            return schedule;
        }
        CompletableFuture<Reading> selection = aws.scheduler()
                .call(() -> BackupAssignment.of(aws, plan.backupPlanId()).stream()
                        .findFirst()
                        .map(s -> Reading.of(BackupAssignment.ID, Observed.ours(s)))
                        .orElseGet(Reading::empty));
        return schedule.thenCombine(selection, Reading::and);
    }

    private static CompletableFuture<Reading> support(AwsContext aws, Optional<BackendSpec> spec) {
        if (spec.isEmpty() || !spec.get().backup().enabled() || !aws.settings().offers(EksFeature.BACKUP_SELECTION)) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return aws.async(
                        "backup:DescribeRegionSettings",
                        () -> aws.clients()
                                .backup()
                                .describeRegionSettings(r -> {})
                                .resourceTypeOptInPreference())
                .thenApply(preferences -> Reading.attachment(
                        BackupSupport.class, new BackupSupport(Boolean.TRUE.equals(preferences.get(EKS)))));
    }
}
