// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.session;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.addon.AddonConcern;
import io.osmo.backend.aws.internal.autoscaler.AutoscalerConcern;
import io.osmo.backend.aws.internal.backup.BackupConcern;
import io.osmo.backend.aws.internal.cluster.ClusterConcern;
import io.osmo.backend.aws.internal.cost.AwsPrices;
import io.osmo.backend.aws.internal.diagnosis.AwsDiagnostics;
import io.osmo.backend.aws.internal.encryption.EncryptionConcern;
import io.osmo.backend.aws.internal.facts.AwsFacts;
import io.osmo.backend.aws.internal.foreign.ForeignConcern;
import io.osmo.backend.aws.internal.identity.IdentityConcern;
import io.osmo.backend.aws.internal.network.NetworkConcern;
import io.osmo.backend.aws.internal.permission.IamPolicyWriter;
import io.osmo.backend.aws.internal.pool.PoolConcern;
import io.osmo.backend.aws.internal.preflight.AwsPreflight;
import io.osmo.backend.aws.internal.preflight.SimulatedPolicies;
import io.osmo.backend.aws.internal.sweep.SweepConcern;
import io.osmo.backend.spi.provider.ProviderGraph;
import io.osmo.backend.spi.provider.Rights;
import java.util.List;

/** The concerns of an EKS backend, one a line. */
public final class AwsGraph {
    public static final ProviderGraph<AwsContext> GRAPH = new ProviderGraph<>(List.of(
            new NetworkConcern(),
            new EncryptionConcern(),
            new IdentityConcern(),
            new ClusterConcern(),
            new PoolConcern(),
            new AddonConcern(),
            new AutoscalerConcern(),
            new BackupConcern(),
            new SweepConcern(),
            new ForeignConcern()));

    /** What their calls need, and the policies that grant it. */
    public static final Rights RIGHTS = new Rights(
            List.of(
                    BackendList.NEEDS,
                    AwsPreflight.NEEDS,
                    AwsPrices.NEEDS,
                    SimulatedPolicies.NEEDS,
                    AwsDiagnostics.NEEDS),
            AwsFacts.NEEDS,
            new IamPolicyWriter());

    private AwsGraph() {}
}
