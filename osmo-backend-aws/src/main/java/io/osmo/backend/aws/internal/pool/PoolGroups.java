// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;

/** The node groups of one pool that exist, and the names that others have taken. Pure. */
final class PoolGroups {
    private final List<Nodegroup> groups;
    private final Set<String> taken;
    private final List<Nodegroup> foreign;

    private PoolGroups(List<Nodegroup> groups, Set<String> taken, List<Nodegroup> foreign) {
        this.groups = groups;
        this.taken = taken;
        this.foreign = foreign;
    }

    static PoolGroups of(AwsContext context, String pool, Inventory inventory) {
        List<Nodegroup> groups = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        List<Nodegroup> foreign = new ArrayList<>();
        inventory.observed().forEach((id, observed) -> {
            if (observed.value() instanceof Nodegroup group && id.equals(Ids.nodeGroup(group.nodegroupName()))) {
                if (observed.ownership() == Observed.Ownership.OURS
                        && PoolNames.pool(context, group).filter(pool::equals).isPresent()) {
                    groups.add(group);
                } else {
                    taken.add(group.nodegroupName());
                    if (observed.ownership() == Observed.Ownership.FOREIGN) {
                        foreign.add(group);
                    }
                }
            }
        });
        return new PoolGroups(groups, taken, foreign);
    }

    List<Nodegroup> all() {
        return groups;
    }

    /** Whether a later generation cannot have this name. */
    boolean isTaken(String name) {
        return taken.contains(name);
    }

    /** The latest node group that has the name of a generation and not the backend's tags. */
    OptionalInt lost(String base) {
        return foreign.stream()
                .flatMapToInt(group -> PoolNames.generation(group, base).stream())
                .max();
    }

    /** By generation. */
    TreeMap<Integer, Nodegroup> generations(String base) {
        TreeMap<Integer, Nodegroup> generations = new TreeMap<>();
        groups.forEach(group -> PoolNames.generation(group, base).ifPresent(n -> generations.put(n, group)));
        return generations;
    }

    /** Whether a generation exists that is not being deleted. */
    boolean has(String base) {
        return generations(base).values().stream().anyMatch(PoolGroups::isLive);
    }

    /** The types that the pool runs on while the spec still lists them, else those of the spec. */
    List<String> types(NodePool pool) {
        List<String> wanted = PoolTypes.of(pool);
        return groups.stream()
                .filter(PoolGroups::isLive)
                .map(Nodegroup::instanceTypes)
                .filter(types -> !types.isEmpty() && wanted.containsAll(types))
                .findFirst()
                .orElse(wanted);
    }

    /** The types of the latest generation. */
    Optional<List<String>> standing(String base) {
        return generations(base).descendingMap().values().stream()
                .filter(PoolGroups::isLive)
                .map(Nodegroup::instanceTypes)
                .filter(types -> !types.isEmpty())
                .findFirst();
    }

    static boolean isLive(Nodegroup group) {
        return group.status() != NodegroupStatus.DELETING && group.status() != NodegroupStatus.CREATE_FAILED;
    }

    /** Nodes that a group has, or is getting. */
    static int nodes(Nodegroup group) {
        Integer size = group.scalingConfig() == null
                        || group.status() == NodegroupStatus.CREATE_FAILED
                        || group.status() == NodegroupStatus.DELETING
                ? null
                : group.scalingConfig().desiredSize();
        return size == null ? 0 : size;
    }

    /**
     * Whether a group has no node, and is not to have any. EKS keeps its size up to date while the autoscaler changes it, see <a
     * href="https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html">the scaling of a node group</a>.
     */
    static boolean isEmpty(Nodegroup group) {
        return group.scalingConfig() != null
                && Integer.valueOf(0).equals(group.scalingConfig().minSize())
                && Integer.valueOf(0).equals(group.scalingConfig().desiredSize());
    }

    /** The most nodes that one of some generations has. */
    static int nodes(Map<Integer, Nodegroup> generations) {
        return generations.values().stream().mapToInt(PoolGroups::nodes).max().orElse(0);
    }
}
