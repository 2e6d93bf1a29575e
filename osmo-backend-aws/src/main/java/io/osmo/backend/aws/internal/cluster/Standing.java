// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Cluster;

/** A cluster that stands, to be deleted; no wish is known. */
record Standing(AwsContext aws, Set<ResourceId> after) implements Deletable<Cluster> {
    @Override
    public ResourceId id() {
        return EksCluster.ID;
    }

    @Override
    public Class<Cluster> type() {
        return Cluster.class;
    }

    @Override
    public Optional<Cluster> read(State state) {
        return EksCluster.describe(aws);
    }

    @Override
    public Readiness readiness(Cluster observed) {
        return EksCluster.readinessOf(observed);
    }

    @Override
    public void delete(Cluster observed, State state) {
        delete(aws, observed);
    }

    static void delete(AwsContext aws, Cluster observed) {
        if (EksCluster.isProtected(observed)) {
            throw EksCluster.protection(aws.name());
        }
        aws.delete("eks:DeleteCluster", () -> aws.clients().eks().deleteCluster(r -> r.name(aws.name())));
    }

    @Override
    public Timing timing() {
        return EksCluster.TIMING;
    }

    @Override
    public String describe() {
        return "EKS cluster " + aws.name();
    }
}
