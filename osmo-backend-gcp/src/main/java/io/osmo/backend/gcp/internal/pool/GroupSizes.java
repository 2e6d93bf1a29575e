// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.NodePool;
import io.osmo.backend.gcp.internal.ComputeObjects;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.network.NetworkRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The number of nodes that instance groups have or are getting. GKE returns only the groups of a pool.
 *
 * @param groups by path; empty if the caller is not allowed to read instance groups
 */
record GroupSizes(Optional<Map<String, Integer>> groups) {
    static GroupSizes read(GcpContext context) {
        // What is not known is not compared.
        return new GroupSizes(ComputeObjects.lookup(context, context.project(), "instanceGroupManagers")
                .found()
                .map(groups -> groups.stream()
                        .collect(Collectors.toMap(
                                ComputeObjects::path,
                                group -> group.path("targetSize").asInt(),
                                Integer::sum))));
    }

    /** Nodes of a pool in each of its zones. */
    Optional<List<Integer>> of(NodePool pool) {
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> sizes = new ArrayList<>();
        for (String url : pool.getInstanceGroupUrlsList()) {
            // GKE names groups and their managers alike; which of both a link leads to has changed.
            String path = NetworkRef.path(url).replace("/instanceGroups/", "/instanceGroupManagers/");
            Optional<Integer> size = groups.map(all -> all.get(path));
            if (size.isEmpty()) {
                return Optional.empty();
            }
            sizes.add(size.get());
        }
        return Optional.of(List.copyOf(sizes));
    }
}
