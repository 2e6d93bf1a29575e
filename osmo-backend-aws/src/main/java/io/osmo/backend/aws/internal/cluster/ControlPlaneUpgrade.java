// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.EksUpdates;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Cluster;

/**
 * One step of an upgrade: the control plane goes to the next minor version, for EKS skips none. Stands in a graph only while
 * the cluster is older.
 */
public final class ControlPlaneUpgrade extends AwsResource<Cluster> {
    public static final String KIND = "eks-version";

    private final KubernetesVersion version;
    private final EksUpdates updates;

    /** @param after the cluster, and the node groups' following of the step before */
    ControlPlaneUpgrade(AwsContext aws, KubernetesVersion version, Set<ResourceId> after) {
        super(aws, id(version), Cluster.class, after, EksCluster.TIMING, "control plane to Kubernetes " + version);
        this.version = version;
        this.updates = new EksUpdates(aws, r -> {});
    }

    public static ResourceId id(KubernetesVersion version) {
        return ResourceId.of(KIND, version.toString());
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
    public List<FieldChange> compare(Cluster observed, State state) {
        return KubernetesVersion.of(observed.version()).compareTo(version) < 0
                ? List.of(FieldChange.inPlace("version", observed.version(), version))
                : List.of();
    }

    @Override
    public Cluster create(State state) {
        throw new NoSuchElementException("cluster " + aws.name() + " is gone while it was to be upgraded");
    }

    @Override
    public void update(Cluster observed, List<FieldChange> changes, State state) {
        updates.requireSuccess();
        updates.started(aws.call(
                        "eks:UpdateClusterVersion",
                        () -> aws.clients()
                                .eks()
                                .updateClusterVersion(r -> r.name(aws.name()).version(version.toString())))
                .update());
    }

    /** A version is not undone; the cluster is deleted by its own resource. */
    @Override
    public void delete(Cluster observed, State state) {
        throw new UnsupportedOperationException(id() + " cannot be deleted");
    }
}
