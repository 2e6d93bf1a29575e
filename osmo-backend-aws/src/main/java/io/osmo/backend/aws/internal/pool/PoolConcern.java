// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.PoolSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Concern;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.MachineRules;
import io.osmo.backend.aws.internal.catalog.MachineType;
import io.osmo.backend.aws.internal.catalog.Offers;
import io.osmo.backend.aws.internal.catalog.OffersReader;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.cluster.ClusterConcern;
import io.osmo.backend.aws.internal.cluster.EksCluster;
import io.osmo.backend.aws.internal.cluster.Prerequisites;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** The node pools of a backend. */
public final class PoolConcern implements Concern {
    @Override
    public List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>(MachineRules.validate(spec));
        violations.addAll(PoolRules.validate(spec));
        return violations;
    }

    @Override
    public List<Reader> readers() {
        return List.of(new OffersReader(), new PoolReader());
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return MachineRules.check(spec, inventory);
    }

    /** Ids of the node groups that a pool becomes. */
    public static List<ResourceId> groups(NodePool pool, BackendSpec spec, Inventory inventory) {
        return PlannedGroup.of(pool, NetworkLayout.of(spec, inventory).zones(), inventory).stream()
                .map(group -> NodeGroup.id(group.name()))
                .toList();
    }

    @Override
    public List<Resource<?>> wanted(AwsContext aws, BackendSpec spec, Inventory inventory) {
        NetworkLayout layout = NetworkLayout.of(spec, inventory);
        EksSettings settings = aws.settings();
        KubernetesVersion version = ClusterConcern.wanted(spec, inventory);
        List<Resource<?>> graph = new ArrayList<>();
        if (spec.pools().stream().anyMatch(pool -> settings.pool(pool.name()).efa())) {
            graph.add(new EfaGroup(aws));
        }
        for (NodePool pool : spec.pools()) {
            Optional<MachineType> machine = inventory
                    .attachment(Offers.class)
                    .flatMap(offers -> offers.machine(PoolTypes.of(pool).get(0)));
            PoolSettings own = settings.pool(pool.name());
            if (own.placementGroup() && settings.offers(EksFeature.PLACEMENT_GROUPS)) {
                graph.add(new PoolPlacement(aws, pool.name()));
            }
            PoolTemplate template = new PoolTemplate(aws, pool, settings, machine);
            graph.add(template);
            for (PlannedGroup group : PlannedGroup.of(pool, layout.zones(), inventory)) {
                List<ResourceId> subnets = group.zones().stream()
                        .flatMap(zone -> layout.nodeSubnets(zone).stream())
                        .toList();
                Set<ResourceId> after = new HashSet<>(subnets);
                after.addAll(layout.egress());
                after.addAll(beforeNodes(aws, spec, inventory));
                after.add(template.id());
                for (NodeGroupUpgrade follower : followers(aws, group.name(), version, inventory)) {
                    graph.add(follower);
                    after.add(follower.id());
                }
                graph.add(new NodeGroup(
                        aws, group, template, subnets, ImageType.of(pool, settings, machine), version, after));
                if (settings.autoscaler() == Autoscaler.CLUSTER_AUTOSCALER
                        && settings.offers(EksFeature.AUTO_SCALING_GROUPS)) {
                    graph.add(new AsgTags(aws, group, machine));
                }
            }
        }
        return graph;
    }

    private static Set<ResourceId> beforeNodes(AwsContext aws, BackendSpec spec, Inventory inventory) {
        Set<ResourceId> before = new HashSet<>();
        before.add(EksCluster.ID);
        before.add(ClusterConcern.upgraded(aws, spec, inventory));
        before.add(IamRole.id(RoleKind.NODE));
        if (aws.settings().offers(EksFeature.ADDONS)) {
            ClusterConcern.ADDONS_BEFORE_NODES.forEach(name -> before.add(ResourceId.of("addon", name)));
        }
        return before;
    }

    /** What takes a node group that stands over the versions that lie between its own and the wanted one, in order. */
    private static List<NodeGroupUpgrade> followers(
            AwsContext aws, String group, KubernetesVersion wanted, Inventory inventory) {
        if (!aws.settings().offers(EksFeature.VERSION_UPDATES)) {
            return List.of();
        }
        List<NodeGroupUpgrade> followers = new ArrayList<>();
        inventory.find(NodeGroup.id(group), Nodegroup.class).ifPresent(standing -> {
            for (KubernetesVersion step : PoolReader.following(standing, wanted)) {
                Set<ResourceId> after = new HashSet<>();
                after.add(ClusterConcern.reached(step, inventory));
                followers.forEach(before -> after.add(before.id()));
                followers.add(new NodeGroupUpgrade(aws, group, step, after));
            }
        });
        return followers;
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext aws, ResourceId id, Object observed) {
        return switch (id.kind()) {
            case NodeGroup.KIND ->
                Optional.of(new Standing<>(
                        id,
                        Nodegroup.class,
                        beforeStandingGroup(id),
                        NodeGroup.TIMING,
                        () -> NodeGroup.describe(aws, id.name()),
                        NodeGroup::readinessOf,
                        group -> NodeGroup.delete(aws, id.name())));
            case PoolTemplate.KIND -> Optional.of(standing(aws, id, (ObservedTemplate) observed));
            case PoolPlacement.KIND -> Optional.of(new PoolPlacement(aws, id.name()));
            default -> Optional.empty();
        };
    }

    private static Set<ResourceId> beforeStandingGroup(ResourceId id) {
        Set<ResourceId> before = new HashSet<>();
        before.add(EksCluster.ID);
        before.add(IamRole.id(RoleKind.NODE));
        // A GPU pool's groups are named after their pool and zone; both names are tried, what is not there is no
        // matter.
        for (String name = id.name(); !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('-')))) {
            before.add(PoolTemplate.id(name));
        }
        ClusterConcern.ADDONS_BEFORE_NODES.forEach(name -> before.add(ResourceId.of("addon", name)));
        return before;
    }

    private static Deletable<ObservedTemplate> standing(AwsContext aws, ResourceId id, ObservedTemplate observed) {
        return new Standing<>(
                id,
                ObservedTemplate.class,
                Set.of(Prerequisites.KEY, PoolPlacement.id(id.name()), EfaGroup.ID),
                Timing.quick(),
                () -> PoolTemplate.detailed(aws, observed.template()),
                template -> Readiness.ready(),
                template -> PoolTemplate.delete(aws, template));
    }
}
