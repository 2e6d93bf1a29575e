// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.backup;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.encryption.EncryptionKey;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The backup plan of a backend. A plan that holds backups outlives the backend: that is when they are needed. So does the key, with which
 * the snapshots of volumes are encrypted.
 */
public final class BackupConcern implements Concern<GcpContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(
                spec.isEmpty() || spec.get().backup().enabled() ? GkeBackupPlan.NEEDS : GkeBackupPlan.NEEDS.removal());
    }

    @Override
    public List<Reader<GcpContext>> readers() {
        return List.of(BackupReader.INSTANCE);
    }

    @Override
    public List<Resource<?>> wanted(GcpContext context, BackendSpec spec, Inventory inventory) {
        return spec.backup().enabled()
                ? List.of(new GkeBackupPlan(context, spec.backup().retentionDays()))
                : List.of();
    }

    @Override
    public Set<ResourceId> kept(Inventory inventory) {
        Optional<ObservedPlan> plan = Optional.ofNullable(inventory.observed().get(GkeBackupPlan.ID))
                .filter(found -> found.ownership() == Observed.Ownership.OURS)
                .map(found -> (ObservedPlan) found.value());
        return plan.filter(p -> p.backups() > 0).isPresent() ? Set.of(GkeBackupPlan.ID, EncryptionKey.ID) : Set.of();
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext context, ResourceId id, Object observed) {
        return id.equals(GkeBackupPlan.ID)
                ? Optional.of(new GkeBackupPlan(
                        context,
                        ((ObservedPlan) observed).plan().getRetentionPolicy().getBackupRetainDays()))
                : Optional.empty();
    }
}
