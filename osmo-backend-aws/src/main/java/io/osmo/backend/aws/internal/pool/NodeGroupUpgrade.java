// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.EksUpdates;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.cluster.ClusterConcern;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * A node group follows the control plane over a minor version that is not the last one of an upgrade, so that nodes are never
 * more than one minor version behind. The last step is the node group's own.
 */
final class NodeGroupUpgrade extends AwsResource<Nodegroup> {
    private final String group;
    private final KubernetesVersion version;
    private final EksUpdates updates;

    /** @param after the control plane's step, and the group's own before */
    NodeGroupUpgrade(AwsContext aws, String group, KubernetesVersion version, Set<ResourceId> after) {
        super(
                aws,
                ClusterConcern.follower(version, group),
                Nodegroup.class,
                after,
                NodeGroup.TIMING,
                "node group " + group + " to Kubernetes " + version);
        this.group = group;
        this.version = version;
        this.updates = new EksUpdates(aws, r -> r.nodegroupName(group));
    }

    @Override
    public Optional<Nodegroup> read(State state) {
        return NodeGroup.describe(aws, group);
    }

    @Override
    public Readiness readiness(Nodegroup observed) {
        return NodeGroup.readinessOf(observed);
    }

    @Override
    public List<FieldChange> compare(Nodegroup observed, State state) {
        return KubernetesVersion.of(observed.version()).compareTo(version) < 0
                ? List.of(FieldChange.inPlace("version", observed.version(), version))
                : List.of();
    }

    @Override
    public Nodegroup create(State state) {
        throw new NoSuchElementException("node group " + group + " is gone while it was to be upgraded");
    }

    @Override
    public void update(Nodegroup observed, List<FieldChange> changes, State state) {
        updates.requireSuccess();
        updates.started(aws.call(
                        "eks:UpdateNodegroupVersion",
                        () -> aws.clients()
                                .eks()
                                .updateNodegroupVersion(r -> r.clusterName(aws.name())
                                        .nodegroupName(group)
                                        .version(version.toString())))
                .update());
    }

    @Override
    public void delete(Nodegroup observed, State state) {
        throw new UnsupportedOperationException(id() + " cannot be deleted");
    }
}
