// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.ChosenZones;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Generations;
import io.osmo.backend.spi.provider.Generations.Fit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * One managed node group that a pool of the spec becomes. A GPU pool becomes one group in each zone, since one zone without
 * capacity fails a whole group; any other pool is one group over all its zones. A GPU pool with fewer nodes than zones takes
 * only as many zones as it may have nodes, preferably those in which it exists.
 *
 * @param name name within the cluster
 * @param generation which of the node groups this is that take each other's place
 * @param types instance types in order of preference: those that the pool runs on while the spec still lists them
 * @param zones zones of its nodes: those that it has while the spec still lists them
 * @param reach zones that the spec lists; a new group gets subnets in all of them
 * @param scale this group's share of the pool's bounds
 * @param initial nodes that it gets at its creation, enough for the work of those that it replaces
 * @param replaced node groups whose place this one takes
 */
record DesiredPool(
        String name,
        int generation,
        NodePool pool,
        List<String> types,
        List<String> zones,
        List<String> reach,
        Scale scale,
        int initial,
        Set<ResourceId> replaced) {
    DesiredPool {
        types = List.copyOf(types);
        zones = List.copyOf(zones);
        reach = List.copyOf(reach);
        replaced = Set.copyOf(replaced);
    }

    /** Groups of one pool; none when it has no zone. */
    static List<DesiredPool> of(AwsContext context, BackendSpec spec, NodePool pool, Inventory inventory) {
        List<String> networkZones = NetworkLayout.of(spec, inventory).zones();
        List<String> zones = ChosenZones.of(pool, networkZones, inventory);
        PoolGroups existing = PoolGroups.of(context, pool.name(), inventory);
        PoolShape shape = PoolShape.of(context, spec, pool, existing.types(pool), inventory);
        if (pool.role() != PoolRole.GPU) {
            return zones.isEmpty()
                    ? List.of()
                    : withMoved(
                            pool,
                            existing,
                            List.of(slot(pool, pool.name(), zones, pool.scale(), shape, existing, inventory)));
        }
        List<String> used = used(pool, zones, networkZones, existing);
        List<Scale> shares = ScaleSplit.split(pool.scale(), used.size());
        List<DesiredPool> groups = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            String zone = used.get(i);
            groups.add(slot(pool, base(pool, zone), List.of(zone), shares.get(i), shape, existing, inventory));
        }
        return withMoved(pool, existing, groups);
    }

    /** Existing groups are kept whatever is offered: machines of a type that AWS no longer offers keep running. */
    private static List<String> used(
            NodePool pool, List<String> zones, List<String> networkZones, PoolGroups existing) {
        Set<String> first = new LinkedHashSet<>();
        (pool.zones().isEmpty() ? networkZones : zones)
                .stream().filter(zone -> existing.has(base(pool, zone))).forEach(first::add);
        first.addAll(zones);
        return first.stream().limit(pool.scale().max()).sorted().toList();
    }

    /** Name of the first generation of a GPU pool's group in a zone. */
    static String base(NodePool pool, String zone) {
        return pool.name() + "-" + zone;
    }

    private static DesiredPool slot(
            NodePool pool,
            String base,
            List<String> zones,
            Scale scale,
            PoolShape shape,
            PoolGroups existing,
            Inventory inventory) {
        PoolFit fit = shape.in(zones);
        TreeMap<Integer, Nodegroup> generations = existing.generations(base);
        int generation = choose(pool, base, generations, fit, existing);
        TreeMap<Integer, Nodegroup> others = new TreeMap<>(generations);
        Optional<Nodegroup> present = Optional.ofNullable(others.remove(generation));
        int nodes = PoolGroups.nodes(others);
        List<String> kept = present.filter(group -> fit.fit(group) == Fit.FITS)
                .map(group -> zones(group, inventory))
                .filter(now -> !now.isEmpty())
                .orElse(zones);
        return new DesiredPool(
                PoolNames.name(base, generation),
                generation,
                pool,
                shape.types(),
                kept,
                zones,
                scale,
                Math.max(scale.initial(), Math.min(nodes, scale.max())),
                nodes > scale.max() ? Set.of() : ids(others.values()));
    }

    /** Ignores generations that are being deleted; if there are no others, the pool is created under its own name again. */
    private static int choose(
            NodePool pool, String base, TreeMap<Integer, Nodegroup> generations, PoolFit fit, PoolGroups existing) {
        Map<Integer, Fit> fits = new TreeMap<>();
        generations.forEach((generation, group) -> {
            if (!PoolFit.isDeleted(group)) {
                fits.put(generation, fit.fit(group));
            }
        });
        int wanted = Generations.choose(fits, pool.replacement() == Replacement.SURGE)
                .wanted();
        if (fits.containsKey(wanted)) {
            return wanted;
        }
        if (generations.isEmpty() && existing.lost(base).isPresent()) {
            // It holds the work of the pool, so it is asked for, which is refused.
            return existing.lost(base).getAsInt();
        }
        int free = wanted;
        while (free > 1 && (generations.containsKey(free) || existing.isTaken(PoolNames.name(base, free)))) {
            free++;
        }
        return free;
    }

    /** Groups in zones that the pool leaves are replaced by its other groups, unless these could not hold their nodes. */
    private static List<DesiredPool> withMoved(NodePool pool, PoolGroups existing, List<DesiredPool> groups) {
        Set<String> known = new HashSet<>();
        int running = 0;
        for (DesiredPool group : groups) {
            TreeMap<Integer, Nodegroup> generations = existing.generations(group.base());
            generations.values().forEach(each -> known.add(each.nodegroupName()));
            running += PoolGroups.nodes(generations);
        }
        List<Nodegroup> moved = existing.all().stream()
                .filter(group -> !known.contains(group.nodegroupName()))
                .toList();
        int nodes = running + moved.stream().mapToInt(PoolGroups::nodes).sum();
        return moved.isEmpty() || nodes > pool.scale().max()
                ? groups
                : groups.stream().map(group -> group.replacing(ids(moved))).toList();
    }

    private String base() {
        return pool.role() == PoolRole.GPU ? base(pool, reach.get(0)) : pool.name();
    }

    private DesiredPool replacing(Set<ResourceId> more) {
        Set<ResourceId> all = new HashSet<>(replaced);
        all.addAll(more);
        return new DesiredPool(name, generation, pool, types, zones, reach, scale, initial, all);
    }

    private static Set<ResourceId> ids(Iterable<Nodegroup> groups) {
        Set<ResourceId> ids = new HashSet<>();
        groups.forEach(group -> ids.add(Ids.nodeGroup(group.nodegroupName())));
        return ids;
    }

    /** Zones of the subnets of a node group, as far as they are known. */
    static List<String> zones(Nodegroup group, Inventory inventory) {
        return inventory.observed().values().stream()
                .flatMap(observed -> observed.value() instanceof Subnet subnet
                                && group.subnets().contains(subnet.subnetId())
                        ? Stream.of(subnet.availabilityZone())
                        : Stream.empty())
                .distinct()
                .sorted()
                .toList();
    }
}
