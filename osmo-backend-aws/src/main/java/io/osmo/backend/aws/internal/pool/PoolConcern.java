// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.PoolSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.MachineRules;
import io.osmo.backend.aws.internal.catalog.NewestImages;
import io.osmo.backend.aws.internal.catalog.Offers;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.catalog.Reservations;
import io.osmo.backend.aws.internal.cluster.ClusterConcern;
import io.osmo.backend.aws.internal.cluster.Upgrades;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.aws.internal.network.SubnetReader;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodeImages;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** The node pools of a backend. */
public final class PoolConcern implements Concern<AwsContext> {
    /** Add-ons without which nodes do not become ready. */
    public static final List<String> ADDONS_BEFORE_NODES = List.of("vpc-cni", "kube-proxy", "eks-pod-identity-agent");

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        EksSettings settings = EksSettings.of(spec.flatMap(BackendSpec::settings));
        List<PoolSettings> pools = spec.stream()
                .flatMap(wanted -> wanted.pools().stream())
                .map(pool -> settings.pool(pool.name()))
                .toList();
        boolean efa = spec.isEmpty() || pools.stream().anyMatch(PoolSettings::efa);
        boolean placed = spec.isEmpty() || pools.stream().anyMatch(PoolSettings::placementGroup);
        return List.of(
                NodeGroup.NEEDS,
                NodeGroupUpgrade.NEEDS,
                PoolTemplate.NEEDS,
                AsgTags.NEEDS,
                efa ? EfaGroup.NEEDS : EfaGroup.NEEDS.removal(),
                placed ? PoolPlacement.NEEDS : PoolPlacement.NEEDS.removal());
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>(MachineRules.validate(spec));
        violations.addAll(PoolRules.validate(spec));
        violations.addAll(GroupTagRules.validate(spec));
        return violations;
    }

    @Override
    public List<Reader<AwsContext>> readers() {
        return List.of(NeededOffers.INSTANCE, NodeGroups.READER, PoolReader.INSTANCE, ReservationReader.INSTANCE);
    }

    @Override
    public List<List<String>> choices(AwsContext context, NodePool pool, Inventory inventory) {
        return PoolGroups.of(context, pool.name(), inventory)
                .standing(pool.name())
                .map(List::of)
                .orElseGet(() -> PoolTypes.choices(pool));
    }

    @Override
    public List<Violation> checkTypes(BackendSpec spec, Inventory inventory) {
        return MachineRules.check(spec, inventory);
    }

    /** Zones that already have subnets remain those of the backend. */
    @Override
    public List<Reader<AwsContext>> choosers() {
        return List.of(NeededOffers.INSTANCE, NodeGroups.READER, SubnetReader.INSTANCE);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>(checkTypes(spec, inventory));
        violations.addAll(ReservationRules.check(spec, inventory));
        return violations;
    }

    @Override
    public List<String> warnings(AwsContext context, Optional<BackendSpec> spec, Inventory inventory) {
        List<String> warnings = new ArrayList<>();
        spec.ifPresent(wanted -> {
            warnings.addAll(ReservationRules.warnings(wanted, inventory));
            warnings.addAll(unhealthy(context, wanted, inventory));
            warnings.addAll(withoutRole(context, inventory));
            warnings.addAll(previousGenerations(wanted, inventory));
            if (wanted.nodeImages() == NodeImages.KEEP) {
                inventory
                        .attachment(NewestImages.class)
                        .ifPresent(releases -> warnings.addAll(newerImages(context, wanted, inventory, releases)));
            }
        });
        return warnings;
    }

    /** Types that the spec names, and that EC2 sells and no longer recommends. The preflight tells it of the default types, too. */
    private static List<String> previousGenerations(BackendSpec spec, Inventory inventory) {
        return inventory.attachment(Offers.class).stream()
                .flatMap(offers -> spec.pools().stream()
                        .filter(pool -> !pool.instanceTypes().isEmpty())
                        .flatMap(pool -> offers.previousGenerations(pool).stream()
                                .map(text -> "Pool " + pool.name() + ": " + text + ".")))
                .toList();
    }

    /** What EKS complains of in node groups that stay as they are. */
    private static List<String> unhealthy(AwsContext context, BackendSpec spec, Inventory inventory) {
        return spec.pools().stream()
                .flatMap(pool -> groups(context, pool, spec, inventory).stream())
                .flatMap(id -> inventory.find(id, Nodegroup.class).stream())
                .flatMap(group -> NodeGroupIssues.of(group).stream()
                        .map(issue -> "Node group " + group.nodegroupName() + ": " + issue + "."))
                .toList();
    }

    /**
     * Node groups of which the role was deleted. The role that a plan makes has the ARN of the deleted one, but not its id, for which EKS
     * and EC2 let nodes in.
     *
     * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_AccessEntry.html">EKS: AccessEntry, principalArn</a>
     */
    private static List<String> withoutRole(AwsContext context, Inventory inventory) {
        if (inventory.observed().containsKey(IamRole.id(RoleKind.NODE))) {
            return List.of();
        }
        Optional<String> role = inventory.observed().values().stream()
                .map(Observed::value)
                .filter(Nodegroup.class::isInstance)
                .map(group -> ((Nodegroup) group).nodeRole())
                .filter(arn -> IamRole.isArn(context, RoleKind.NODE, arn))
                .findFirst();
        return role
                .map(arn -> "The role of the nodes, " + arn
                        + ", was deleted: nodes that run have lost its credentials. The plan creates"
                        + " it again and replaces no node. The access entry of the cluster is for the deleted role only: after the apply,"
                        + " delete it and create it again (aws eks delete-access-entry, create-access-entry --type EC2_LINUX, both with"
                        + " --cluster-name " + context.name() + " --principal-arn " + arn
                        + "), then replace the nodes.")
                .stream()
                .toList();
    }

    private static List<String> newerImages(
            AwsContext context, BackendSpec spec, Inventory inventory, NewestImages releases) {
        return spec.pools().stream()
                .flatMap(pool -> groups(context, pool, spec, inventory).stream())
                .flatMap(id -> inventory.find(id, Nodegroup.class).stream())
                .flatMap(group -> releases.newer(group).stream()
                        .map(release -> "Node group " + group.nodegroupName() + " runs image "
                                + group.releaseVersion() + "; " + release
                                + " is newer. nodeImages: latest rolls its nodes to it."))
                .toList();
    }

    /** Ids of the reservations that the spec names and the caller may not read. */
    public static List<String> unreadReservations(Inventory inventory) {
        return inventory
                .attachment(Reservations.class)
                .map(all -> all.unread().stream().sorted().toList())
                .orElse(List.of());
    }

    /** What is known of the others, a line for each pool. */
    public static List<String> readReservations(BackendSpec spec, Inventory inventory) {
        return ReservationRules.describe(spec, inventory);
    }

    /** Ids of the node groups that a pool becomes. */
    public static List<ResourceId> groups(AwsContext context, NodePool pool, BackendSpec spec, Inventory inventory) {
        return DesiredPool.of(context, spec, pool, inventory).stream()
                .map(group -> Ids.nodeGroup(group.name()))
                .toList();
    }

    /**
     * The machines of one node group, as they are wanted.
     *
     * @param id the node group
     * @param zones of its nodes, those of a new group of all subnets that it gets
     * @param type the first of its types, of which EC2 takes the others only where it has none left
     * @param most nodes that it may have
     * @param nodes that it has by now; those of node groups that it replaces are not among them
     * @param surge nodes that EKS adds for a while when it rolls the node group
     */
    public record Machines(
            ResourceId id, NodePool pool, List<String> zones, String type, int most, int nodes, int surge) {}

    /** EKS adds as many nodes as it may take away at a time, and at least two for each zone: see its page on managed node updates. */
    public static List<Machines> machines(AwsContext context, BackendSpec spec, Inventory inventory) {
        List<Machines> machines = new ArrayList<>();
        for (NodePool pool : spec.pools()) {
            for (DesiredPool group : DesiredPool.of(context, spec, pool, inventory)) {
                ResourceId id = Ids.nodeGroup(group.name());
                machines.add(new Machines(
                        id,
                        pool,
                        inventory.find(id, Nodegroup.class).isPresent() ? group.zones() : group.reach(),
                        group.types().get(0),
                        group.scale().max(),
                        inventory
                                .find(id, Nodegroup.class)
                                .map(PoolGroups::nodes)
                                .orElse(0),
                        Math.max(2 * group.zones().size(), context.settings().maxUnavailable())));
            }
        }
        return machines;
    }

    @Override
    public List<Resource<?>> wanted(AwsContext context, BackendSpec spec, Inventory inventory) {
        List<Resource<?>> graph = new ArrayList<>();
        if (spec.pools().stream()
                .anyMatch(pool -> context.settings().pool(pool.name()).efa())) {
            graph.add(new EfaGroup(context));
        }
        spec.pools().forEach(pool -> addPool(context, spec, pool, inventory, graph));
        return graph;
    }

    private static void addPool(
            AwsContext context, BackendSpec spec, NodePool pool, Inventory inventory, List<Resource<?>> graph) {
        EksSettings settings = context.settings();
        NetworkLayout layout = NetworkLayout.of(spec, inventory);
        KubernetesVersion version = ClusterConcern.nodeVersion(spec, inventory);
        List<String> types = PoolGroups.of(context, pool.name(), inventory).types(pool);
        PoolShape shape = PoolShape.of(context, spec, pool, types, inventory);
        if (settings.pool(pool.name()).placementGroup() && context.offers(EksFeature.PLACEMENT_GROUPS)) {
            graph.add(new PoolPlacement(context, pool.name()));
        }
        PoolTemplate template = new PoolTemplate(context, pool, types.get(0), shape.machine());
        graph.add(template);
        for (DesiredPool group : DesiredPool.of(context, spec, pool, inventory)) {
            List<ResourceId> subnets = shape.subnets(group.reach());
            Set<ResourceId> after = beforeNodes(context, spec, inventory);
            after.addAll(subnets);
            after.addAll(layout.egress());
            after.add(template.id());
            for (NodeGroupUpgrade upgrade : upgrades(context, group, version, inventory)) {
                graph.add(upgrade);
                after.add(upgrade.id());
            }
            graph.add(new NodeGroup(
                    context,
                    group,
                    template,
                    subnets,
                    shape.subnetZones(),
                    shape.imageType(),
                    version,
                    release(spec, group, inventory),
                    after));
            if (settings.autoscaler() != Autoscaler.NONE && context.offers(EksFeature.AUTO_SCALING_GROUPS)) {
                graph.add(new AsgTags(context, group, shape.machine()));
            }
        }
    }

    /** The image that the nodes of a group that exists are to be rolled to. */
    private static Optional<String> release(BackendSpec spec, DesiredPool group, Inventory inventory) {
        return spec.nodeImages() == NodeImages.KEEP
                ? Optional.empty()
                : inventory
                        .find(Ids.nodeGroup(group.name()), Nodegroup.class)
                        .flatMap(existing ->
                                inventory.attachment(NewestImages.class).flatMap(releases -> releases.newer(existing)));
    }

    private static Set<ResourceId> beforeNodes(AwsContext context, BackendSpec spec, Inventory inventory) {
        Set<ResourceId> before = new HashSet<>();
        before.add(Ids.CLUSTER);
        before.add(Upgrades.done(context, spec, inventory));
        before.add(IamRole.id(RoleKind.NODE));
        if (context.offers(EksFeature.ADDONS)) {
            ADDONS_BEFORE_NODES.forEach(name -> before.add(Ids.addon(name)));
        }
        return before;
    }

    /** Upgrades of a node group that exists to the versions on the way to the wanted one, in order. */
    private static List<NodeGroupUpgrade> upgrades(
            AwsContext context, DesiredPool group, KubernetesVersion wanted, Inventory inventory) {
        List<NodeGroupUpgrade> upgrades = new ArrayList<>();
        if (context.offers(EksFeature.VERSION_UPDATES)) {
            inventory.find(Ids.nodeGroup(group.name()), Nodegroup.class).ifPresent(existing -> {
                for (KubernetesVersion step : PoolReader.onTheWay(existing, wanted)) {
                    Set<ResourceId> after = new HashSet<>();
                    after.add(Upgrades.reached(step, inventory));
                    upgrades.forEach(before -> after.add(before.id()));
                    upgrades.add(new NodeGroupUpgrade(context, group, step, after));
                }
            });
        }
        return upgrades;
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext context, ResourceId id, Object observed) {
        if (id.equals(Ids.nodeGroup(id.name()))) {
            return Optional.of(new ExistingPool(context, (Nodegroup) observed));
        }
        return switch (id.kind()) {
            case PoolTemplate.KIND -> Optional.of(new ExistingTemplate(context, id, (ObservedTemplate) observed));
            case PoolPlacement.KIND -> Optional.of(new PoolPlacement(context, id.name()));
            default -> Optional.empty();
        };
    }
}
