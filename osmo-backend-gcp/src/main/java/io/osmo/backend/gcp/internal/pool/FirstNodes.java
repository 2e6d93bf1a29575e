// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.spec.Scale;
import java.util.List;

/**
 * The nodes that a pool begins with. GKE counts them by zone, see <a
 * href="https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters.nodePools#NodePool">its
 * initial node count</a>, and its autoscaler does not raise a pool to its minimum before a pod needs a node. So the pool gets
 * as many zones as can have the same number of nodes each without more than its maximum. Pure.
 *
 * @param zones number of zones
 * @param each nodes in each of them
 */
public record FirstNodes(int zones, int each) {
    /** @param zones number of zones that the pool may have, at least 1 */
    static FirstNodes of(Scale scale, int zones) {
        int least = Math.max(scale.min(), scale.initial());
        int count = zones;
        while (count > 1 && up(least, count) * count > scale.max()) {
            count--;
        }
        return new FirstNodes(count, up(least, count));
    }

    /** The zones that a new pool gets: the first ones of those that it may have. */
    static List<String> zones(Scale scale, List<String> zones) {
        return zones.isEmpty()
                ? zones
                : zones.subList(0, of(scale, zones.size()).zones());
    }

    /**
     * Nodes by zone of a pool that takes the place of another one.
     *
     * @param zones number of its zones
     * @param running nodes of the other one, which its work needs
     */
    static int each(Scale scale, int zones, int running) {
        int most = scale.max() / zones;
        int least = Math.min(up(Math.max(scale.min(), scale.initial()), zones), most);
        return Math.max(least, Math.min(up(running, zones), most));
    }

    private static int up(int nodes, int zones) {
        return (nodes + zones - 1) / zones;
    }
}
