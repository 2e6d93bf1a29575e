// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.catalog.ChosenZones;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Scale;
import java.util.ArrayList;
import java.util.List;

/**
 * One managed node group that a pool of the spec becomes. A GPU pool becomes one group in each zone, since one zone without
 * capacity fails a whole group; any other pool is one group over all its zones. A GPU pool with fewer nodes than zones takes
 * only as many zones as it may have nodes.
 *
 * @param name name within the cluster
 * @param scale this group's share of the pool's bounds
 */
record PlannedGroup(String name, NodePool pool, List<String> zones, Scale scale) {
    /** Groups of one pool; none when it has no zone. */
    static List<PlannedGroup> of(NodePool pool, List<String> networkZones) {
        List<String> zones = ChosenZones.of(pool, networkZones);
        if (pool.role() != PoolRole.GPU) {
            return zones.isEmpty() ? List.of() : List.of(new PlannedGroup(pool.name(), pool, zones, pool.scale()));
        }
        List<String> used = zones.subList(0, Math.min(zones.size(), pool.scale().max()));
        List<Scale> shares = ScaleSplit.split(pool.scale(), used.size());
        List<PlannedGroup> groups = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            groups.add(new PlannedGroup(pool.name() + "-" + used.get(i), pool, List.of(used.get(i)), shares.get(i)));
        }
        return groups;
    }
}
