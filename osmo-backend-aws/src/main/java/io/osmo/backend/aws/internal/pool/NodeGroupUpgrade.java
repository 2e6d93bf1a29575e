// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.cluster.Upgrades;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * The upgrade of a node group to a version on the way to the wanted one, so that nodes are never more than one minor version
 * behind the control plane. The last step is done by the node group's own resource.
 */
public final class NodeGroupUpgrade extends ExistingPool implements Resource<Nodegroup> {
    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(Upgrades.NODE_GROUP)
            .read("eks:DescribeNodegroup", "eks:DescribeUpdate")
            .create("eks:UpdateNodegroupVersion", "ec2:RunInstances", "ec2:CreateTags")
            .update("eks:UpdateNodegroupVersion", "ec2:RunInstances", "ec2:CreateTags");

    private final String group;
    private final KubernetesVersion version;

    /** @param after the control plane's upgrade to the version, and the group's own upgrades before */
    NodeGroupUpgrade(AwsContext context, DesiredPool pool, KubernetesVersion version, Set<ResourceId> after) {
        super(
                context,
                Upgrades.nodeGroup(version, pool.name()),
                pool.name(),
                pool.pool().name(),
                after,
                NodeGroup.rolling(context, pool.scale().max()),
                "node group " + pool.name() + " to Kubernetes " + version);
        this.group = pool.name();
        this.version = version;
    }

    /** The nodes are those of the node group itself. */
    @Override
    public Optional<NodeLabel> nodes() {
        return Optional.empty();
    }

    @Override
    public Duration updateTime(Nodegroup observed, List<FieldChange> changes) {
        return NodeGroup.rolling(context, PoolGroups.nodes(observed));
    }

    @Override
    public List<FieldChange> compare(Nodegroup observed, State state) {
        if (KubernetesVersion.of(observed.version()).compareTo(version) >= 0) {
            return List.of();
        }
        return List.of(
                PoolGroups.isEmpty(observed)
                        ? FieldChange.inPlace("version", observed.version(), version)
                        : FieldChange.rolling("version", observed.version(), version));
    }

    @Override
    public Nodegroup create(State state) {
        throw new NoSuchElementException("node group " + group + " was deleted during its upgrade");
    }

    @Override
    public void update(Nodegroup observed, List<FieldChange> changes, State state) {
        update(
                "eks:UpdateNodegroupVersion",
                () -> context.eks()
                        .updateNodegroupVersion(r -> r.clusterName(context.name())
                                .nodegroupName(group)
                                .version(version.toString()))
                        .update());
    }

    /** A version cannot be undone; the node group is deleted by its own resource. */
    @Override
    public void delete(Nodegroup observed, State state) {
        throw new UnsupportedOperationException(id() + " cannot be deleted");
    }
}
