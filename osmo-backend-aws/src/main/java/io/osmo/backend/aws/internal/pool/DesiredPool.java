// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.ChosenZones;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One managed node group that a pool of the spec becomes. A GPU pool becomes one group in each zone, since one zone without
 * capacity fails a whole group; any other pool is one group over all its zones. A GPU pool with fewer nodes than zones takes
 * only as many zones as it may have nodes, preferably those in which it exists.
 *
 * @param name name within the cluster
 * @param scale this group's share of the pool's bounds
 */
record DesiredPool(String name, NodePool pool, List<String> zones, Scale scale) {
    /** Groups of one pool; none when it has no zone. */
    static List<DesiredPool> of(NodePool pool, List<String> networkZones, Inventory inventory) {
        List<String> zones = ChosenZones.of(pool, networkZones, inventory);
        if (pool.role() != PoolRole.GPU) {
            return zones.isEmpty() ? List.of() : List.of(new DesiredPool(pool.name(), pool, zones, pool.scale()));
        }
        List<String> used = used(pool, zones, networkZones, inventory);
        List<Scale> shares = ScaleSplit.split(pool.scale(), used.size());
        List<DesiredPool> groups = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            groups.add(new DesiredPool(name(pool, used.get(i)), pool, List.of(used.get(i)), shares.get(i)));
        }
        return groups;
    }

    /** Groups that exist stay, whatever is offered: machines of a type that AWS no longer sells there keep running. */
    private static List<String> used(
            NodePool pool, List<String> zones, List<String> networkZones, Inventory inventory) {
        Predicate<String> exists = zone -> inventory.observed().containsKey(Ids.nodeGroup(name(pool, zone)));
        Set<String> first = new LinkedHashSet<>();
        (pool.zones().isEmpty() ? networkZones : zones).stream().filter(exists).forEach(first::add);
        first.addAll(zones);
        return first.stream().limit(pool.scale().max()).sorted().toList();
    }

    /** Name of a GPU pool's group in a zone. */
    static String name(NodePool pool, String zone) {
        return pool.name() + "-" + zone;
    }
}
