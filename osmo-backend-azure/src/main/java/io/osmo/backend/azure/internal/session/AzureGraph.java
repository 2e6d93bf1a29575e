// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.session;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.backup.BackupConcern;
import io.osmo.backend.azure.internal.cluster.ClusterConcern;
import io.osmo.backend.azure.internal.diagnosis.AzureDiagnostics;
import io.osmo.backend.azure.internal.encryption.EncryptionConcern;
import io.osmo.backend.azure.internal.facts.AzureFacts;
import io.osmo.backend.azure.internal.foreign.ForeignConcern;
import io.osmo.backend.azure.internal.group.GroupConcern;
import io.osmo.backend.azure.internal.identity.IdentityConcern;
import io.osmo.backend.azure.internal.lock.LockConcern;
import io.osmo.backend.azure.internal.network.NetworkConcern;
import io.osmo.backend.azure.internal.permission.CustomRoleWriter;
import io.osmo.backend.azure.internal.pool.PoolConcern;
import io.osmo.backend.azure.internal.preflight.AzurePreflight;
import io.osmo.backend.azure.internal.preflight.ListedPermissions;
import io.osmo.backend.azure.internal.registration.RegistrationConcern;
import io.osmo.backend.azure.internal.sweep.SweepConcern;
import io.osmo.backend.spi.provider.ProviderGraph;
import io.osmo.backend.spi.provider.Rights;
import java.util.List;

/** The concerns of an AKS backend, one per line. */
public final class AzureGraph {
    public static final ProviderGraph<AzureContext> GRAPH = new ProviderGraph<>(List.of(
            new OffersConcern(),
            new RegistrationConcern(),
            new GroupConcern(),
            new PlaceConcern(),
            new NetworkConcern(),
            new IdentityConcern(),
            new EncryptionConcern(),
            new ClusterConcern(),
            new PoolConcern(),
            new BackupConcern(),
            new LockConcern(),
            new ForeignConcern(),
            new SweepConcern()));

    /** What their calls need, and the roles that grant it. */
    public static final Rights RIGHTS = new Rights(
            List.of(BackendList.NEEDS, AzurePreflight.NEEDS, ListedPermissions.NEEDS, AzureDiagnostics.NEEDS),
            AzureFacts.NEEDS,
            new CustomRoleWriter());

    private AzureGraph() {}
}
