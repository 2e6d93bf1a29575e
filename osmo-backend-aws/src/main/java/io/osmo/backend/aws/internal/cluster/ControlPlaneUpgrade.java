// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Cluster;

/**
 * One step of an upgrade: the control plane goes to the next minor version, since EKS skips none. Part of a graph only while the
 * cluster is older.
 */
public final class ControlPlaneUpgrade extends ExistingCluster implements Resource<Cluster> {
    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(Upgrades.CONTROL_PLANE)
            .read("eks:DescribeCluster", "eks:DescribeUpdate")
            .create("eks:UpdateClusterVersion")
            .update("eks:UpdateClusterVersion");

    private final KubernetesVersion version;

    /** @param after the cluster, and the upgrades of the node groups to the version before */
    ControlPlaneUpgrade(AwsContext context, KubernetesVersion version, Set<ResourceId> after) {
        super(context, Upgrades.controlPlane(version), after, "control plane to Kubernetes " + version);
        this.version = version;
    }

    @Override
    public List<FieldChange> compare(Cluster observed, State state) {
        return KubernetesVersion.of(observed.version()).compareTo(version) < 0
                ? List.of(FieldChange.inPlace("version", observed.version(), version))
                : List.of();
    }

    @Override
    public Cluster create(State state) {
        throw new NoSuchElementException("cluster " + context.name() + " was deleted during its upgrade");
    }

    @Override
    public void update(Cluster observed, List<FieldChange> changes, State state) {
        update(
                "eks:UpdateClusterVersion",
                () -> context.eks()
                        .updateClusterVersion(r -> r.name(context.name()).version(version.toString()))
                        .update());
    }

    /** A version cannot be undone; the cluster is deleted by its own resource. */
    @Override
    public void delete(Cluster observed, State state) {
        throw new UnsupportedOperationException(id() + " cannot be deleted");
    }
}
