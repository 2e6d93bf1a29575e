// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.access.Kubeconfig;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the cluster, and how it is reached once it answers. */
public final class ClusterReader implements Reader<AzureContext> {
    public static final ClusterReader INSTANCE = new ClusterReader();

    private ClusterReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(
                ArmType.CLUSTER.action("read"), ArmType.CLUSTER.action("listClusterUserCredential/action"));
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        return context.find(ArmType.CLUSTER, context.clusterId()).thenCompose(found -> {
            boolean answers = found.filter(c -> context.ownership().owns(c.tags()))
                    .filter(c -> c.readiness().status() == Readiness.Status.READY && !AksCluster.isStopped(c))
                    .isPresent();
            return answers
                    ? context.async(() -> Found.named(
                            context,
                            AksCluster.ID,
                            found.map(c -> attach(context, c, observation.spec().isPresent()))))
                    : CompletableFuture.completedFuture(Found.named(context, AksCluster.ID, found));
        });
    }

    /**
     * A read-only lock forbids asking how the cluster is reached; a destruction must still learn of the lock. A cluster of which an
     * update has failed can be reached, one of which the creation has failed cannot.
     */
    private static ArmObject attach(AzureContext context, ArmObject cluster, boolean needed) {
        try {
            return Kubeconfig.attach(context.arm(), cluster);
        } catch (CloudException refused) {
            if (!cluster.failed() && (needed || refused.error() != CloudError.NOT_AUTHORIZED)) {
                throw refused;
            }
            return cluster;
        }
    }
}
