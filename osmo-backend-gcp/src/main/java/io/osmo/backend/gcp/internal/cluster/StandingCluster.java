// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.encryption.EncryptionKey;
import io.osmo.backend.gcp.internal.identity.NodeAccount;
import io.osmo.backend.gcp.internal.identity.NodeRole;
import io.osmo.backend.gcp.internal.network.CloudRouter;
import io.osmo.backend.gcp.internal.network.Subnet;
import io.osmo.backend.gcp.internal.sweep.Sweep;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A cluster that stands, for deletion; its pools go with it. */
final class StandingCluster implements Deletable<ObservedCluster> {
    private static final Timing TIMING = new Timing(
            Duration.ofSeconds(360),
            Duration.ofSeconds(120),
            Duration.ofSeconds(240),
            Duration.ofSeconds(5),
            Duration.ofMinutes(60));

    private final GcpContext gcp;
    private final String location;

    StandingCluster(GcpContext gcp, ObservedCluster observed) {
        this.gcp = gcp;
        this.location = observed.cluster().getLocation();
    }

    @Override
    public ResourceId id() {
        return GkeCluster.ID;
    }

    @Override
    public Class<ObservedCluster> type() {
        return ObservedCluster.class;
    }

    @Override
    public Set<ResourceId> after() {
        Set<ResourceId> after = new HashSet<>(Sweep.ids());
        after.addAll(Set.of(Subnet.ID, CloudRouter.ID, EncryptionKey.ID, NodeAccount.ID, NodeRole.ID));
        return after;
    }

    @Override
    public Optional<ObservedCluster> read(State state) {
        return ClusterCalls.read(gcp, location);
    }

    @Override
    public Readiness readiness(ObservedCluster observed) {
        return GkeCluster.readinessOf(observed);
    }

    @Override
    public void delete(ObservedCluster observed, State state) {
        delete(gcp, observed);
    }

    static void delete(GcpContext gcp, ObservedCluster observed) {
        if ("true".equals(observed.cluster().getResourceLabelsMap().get(ClusterWish.PROTECTED))) {
            throw new CloudException(
                    CloudError.INVALID_REQUEST,
                    "container.clusters.delete",
                    "DELETION_PROTECTED",
                    "the cluster carries the label " + ClusterWish.PROTECTED,
                    "Apply the spec with deletionProtection: false, then destroy again.",
                    null,
                    null);
        }
        gcp.delete(
                "container.clusters.delete",
                () -> gcp.clients()
                        .clusters()
                        .deleteCluster(ClusterCalls.path(gcp, observed.cluster().getLocation())));
    }

    @Override
    public Timing timing() {
        return TIMING;
    }

    @Override
    public String describe() {
        return "GKE cluster " + gcp.name() + " in " + location + " with its pools";
    }
}
