// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.backup;

import com.google.cloud.gkebackup.v1.BackupPlan;
import io.osmo.backend.gcp.internal.Concern;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Reader;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;

/** The backup plan of a backend. A plan with backups outlives the backend: they are what it was made for. */
public final class BackupConcern implements Concern {
    @Override
    public List<Reader> readers() {
        return List.of(BackupConcern::read);
    }

    private static CompletableFuture<Reading> read(GcpContext gcp, Optional<BackendSpec> spec) {
        boolean wanted = spec.filter(s -> s.backup().enabled()).isPresent();
        return gcp.scheduler()
                .call(() -> GkeBackupPlan.find(gcp)
                        .map(plan -> new ObservedPlan(plan, wanted ? 0 : backups(gcp, plan)))
                        .map(found -> Reading.of(
                                GkeBackupPlan.ID,
                                gcp.ownership().of(found, found.plan().getLabelsMap())))
                        .orElseGet(Reading::empty));
    }

    private static int backups(GcpContext gcp, BackupPlan plan) {
        return gcp.find("gkebackup.backups.list", () -> (int) StreamSupport.stream(
                                gcp.clients()
                                        .backups()
                                        .listBackups(plan.getName())
                                        .iterateAll()
                                        .spliterator(),
                                false)
                        .count())
                .orElse(0);
    }

    @Override
    public List<Resource<?>> wanted(GcpContext gcp, BackendSpec spec, Inventory inventory) {
        return spec.backup().enabled()
                ? List.of(new GkeBackupPlan(gcp, spec.backup().retentionDays()))
                : List.of();
    }

    @Override
    public Set<ResourceId> kept(Inventory inventory) {
        Optional<ObservedPlan> plan = Optional.ofNullable(inventory.observed().get(GkeBackupPlan.ID))
                .filter(found -> found.ownership() == Observed.Ownership.OURS)
                .map(found -> (ObservedPlan) found.value());
        return plan.filter(p -> p.backups() > 0).isPresent() ? Set.of(GkeBackupPlan.ID) : Set.of();
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext gcp, ResourceId id, Object observed) {
        return id.equals(GkeBackupPlan.ID)
                ? Optional.of(new GkeBackupPlan(
                        gcp,
                        ((ObservedPlan) observed).plan().getRetentionPolicy().getBackupRetainDays()))
                : Optional.empty();
    }
}
