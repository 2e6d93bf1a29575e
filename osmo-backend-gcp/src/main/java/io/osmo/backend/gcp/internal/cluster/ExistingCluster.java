// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.Operation;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.gcp.internal.encryption.EncryptionKey;
import io.osmo.backend.gcp.internal.identity.NodeAccount;
import io.osmo.backend.gcp.internal.identity.NodeRole;
import io.osmo.backend.gcp.internal.network.CloudRouter;
import io.osmo.backend.gcp.internal.network.Subnet;
import io.osmo.backend.gcp.internal.sweep.Sweep;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** An existing cluster, to be deleted with its pools. */
final class ExistingCluster extends GcpResource<ObservedCluster> {
    static final String DELETE = "container.clusters.delete";

    private static final Timing TIMING = new Timing(
            Duration.ofSeconds(360),
            Duration.ofSeconds(120),
            Duration.ofSeconds(240),
            Duration.ofSeconds(5),
            Duration.ofMinutes(60));

    private final String location;

    ExistingCluster(GcpContext context, ObservedCluster observed) {
        super(
                context,
                GkeCluster.ID,
                ObservedCluster.class,
                needed(),
                TIMING,
                "GKE cluster " + context.name() + " in " + observed.location() + " with its pools");
        this.location = observed.location();
    }

    private static Set<ResourceId> needed() {
        Set<ResourceId> after = new HashSet<>(Sweep.ids());
        after.addAll(Set.of(Subnet.ID, CloudRouter.ID, EncryptionKey.ID, NodeAccount.ID, NodeRole.ID));
        return after;
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    public boolean neededByControllers() {
        return true;
    }

    @Override
    public Optional<ObservedCluster> read(State state) {
        Optional<ObservedCluster> found = ClusterReader.find(context, location);
        found.ifPresent(cluster -> lastOperation.running(name -> cluster.progress(DELETE, name)));
        return found;
    }

    @Override
    public Readiness readiness(ObservedCluster observed) {
        return observed.readiness();
    }

    @Override
    public void delete(ObservedCluster observed, State state) {
        delete(context, observed).ifPresent(started -> lastOperation.beginDeletion(started.getName()));
    }

    /** Empty if it is gone already. */
    static Optional<Operation> delete(GcpContext context, ObservedCluster observed) {
        if (DesiredCluster.isProtected(observed.cluster())) {
            throw CloudException.builder(CloudError.INVALID_REQUEST, DELETE)
                    .code("DELETION_PROTECTED")
                    .message("the cluster carries the label " + DesiredCluster.PROTECTED)
                    .remedy("Set deletionProtection to false in the spec and apply it first.")
                    .build();
        }
        return context.find(
                DELETE,
                () -> context.clients().clusters().deleteCluster(ClusterReader.path(context, observed.location())));
    }
}
