// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.session;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.backup.BackupConcern;
import io.osmo.backend.gcp.internal.cluster.ClusterConcern;
import io.osmo.backend.gcp.internal.diagnosis.GcpDiagnostics;
import io.osmo.backend.gcp.internal.encryption.EncryptionConcern;
import io.osmo.backend.gcp.internal.facts.GcpFacts;
import io.osmo.backend.gcp.internal.foreign.ForeignConcern;
import io.osmo.backend.gcp.internal.identity.IdentityConcern;
import io.osmo.backend.gcp.internal.network.NetworkConcern;
import io.osmo.backend.gcp.internal.permission.CustomRoleWriter;
import io.osmo.backend.gcp.internal.pool.PoolConcern;
import io.osmo.backend.gcp.internal.preflight.GcpPreflight;
import io.osmo.backend.gcp.internal.services.ServicesConcern;
import io.osmo.backend.gcp.internal.sweep.SweepConcern;
import io.osmo.backend.spi.provider.ProviderGraph;
import io.osmo.backend.spi.provider.Rights;
import java.util.List;

/** The concerns of a GKE backend, one per line. */
public final class GcpGraph {
    public static final ProviderGraph<GcpContext> GRAPH = new ProviderGraph<>(List.of(
            new ServicesConcern(),
            new NetworkConcern(),
            new EncryptionConcern(),
            new IdentityConcern(),
            new ClusterConcern(PoolConcern::first),
            new PoolConcern(),
            new BackupConcern(),
            new SweepConcern(),
            new ForeignConcern()));

    /** What their calls need, and the roles that grant it. */
    public static final Rights RIGHTS = new Rights(
            List.of(BackendList.NEEDS, GcpPreflight.NEEDS, GcpDiagnostics.NEEDS),
            GcpFacts.NEEDS,
            new CustomRoleWriter());

    private GcpGraph() {}
}
