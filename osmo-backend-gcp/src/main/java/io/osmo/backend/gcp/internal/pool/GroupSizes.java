// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.container.v1.NodePool;
import io.osmo.backend.gcp.internal.ComputeObjects;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.network.NetworkRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The number of nodes that instance groups have or are getting. GKE returns only the groups of a pool.
 *
 * @param groups by path; empty if the caller is not allowed to read instance groups
 */
record GroupSizes(Optional<Map<String, Size>> groups) {
    static final GroupSizes UNREAD = new GroupSizes(Optional.empty());

    /** Machines that Compute Engine is about to create, or tries to. */
    private static final Set<String> UNMADE = Set.of("creating", "creatingWithoutRetries");

    /**
     * Of a group of one zone.
     *
     * @param target nodes that it has or is getting
     * @param machines nodes that there are: a group that finds no machine keeps its target and goes on trying, see <a
     *     href="https://docs.cloud.google.com/compute/docs/reference/rest/v1/instanceGroupManagers">the current actions of a group</a>
     */
    record Size(int target, int machines) {
        static Size of(JsonNode group) {
            int target = group.path("targetSize").asInt();
            JsonNode actions = group.path("currentActions");
            if (!actions.isObject()) {
                return new Size(target, target);
            }
            int machines = 0;
            for (Map.Entry<String, JsonNode> action : actions.properties()) {
                machines +=
                        UNMADE.contains(action.getKey()) ? 0 : action.getValue().asInt();
            }
            return new Size(target, machines);
        }

        private Size plus(Size other) {
            return new Size(target + other.target, machines + other.machines);
        }
    }

    static GroupSizes read(GcpContext context) {
        // What is not known is not compared.
        return new GroupSizes(ComputeObjects.lookup(context, context.project(), "instanceGroupManagers")
                .found()
                .map(groups -> groups.stream().collect(Collectors.toMap(ComputeObjects::path, Size::of, Size::plus))));
    }

    /** Sizes of a pool in each of its zones. */
    Optional<List<Size>> of(NodePool pool) {
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        List<Size> sizes = new ArrayList<>();
        for (String url : pool.getInstanceGroupUrlsList()) {
            // GKE names groups and their managers alike; which of both a link leads to has changed.
            String path = NetworkRef.path(url).replace("/instanceGroups/", "/instanceGroupManagers/");
            Optional<Size> size = groups.map(all -> all.get(path));
            if (size.isEmpty()) {
                return Optional.empty();
            }
            sizes.add(size.get());
        }
        return Optional.of(List.copyOf(sizes));
    }
}
