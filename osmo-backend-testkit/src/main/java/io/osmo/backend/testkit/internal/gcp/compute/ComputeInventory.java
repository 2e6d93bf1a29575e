// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What exists, without ids and times. */
final class ComputeInventory {
    private static final List<String> SHOWN = List.of(
            "addresses",
            "backendServices",
            "disks",
            "firewalls",
            "forwardingRules",
            "healthChecks",
            "instances",
            "networkEndpointGroups",
            "networks",
            "reservations",
            "routers",
            "subnetworks",
            "targetHttpProxies",
            "targetHttpsProxies",
            "targetTcpProxies",
            "targetPools",
            "urlMaps");

    /** What services and controllers make their names unique with. */
    private static final Pattern RANDOM = Pattern.compile(
            "(?:^|-)(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|a?[0-9a-f]{31}|[0-9a-f]{8})(?=-|$)");

    private ComputeInventory() {}

    /** Region or zone of a resource and a slash; empty for a global one. */
    private static String scope(String path) {
        String[] parts = path.split("/", -1);
        return parts[2].equals("global") ? "" : parts[3] + "/";
    }

    static List<String> of(ComputeResources resources) {
        List<String> lines = new ArrayList<>();
        for (String collection : SHOWN) {
            resources.all(collection).forEach((path, row) -> line(lines, path, row));
        }
        return lines;
    }

    private static void line(List<String> lines, String path, Message row) {
        String name = ResourceNames.last(path);
        if (row instanceof Instance instance) {
            lines.add("instance " + ResourceNames.last(instance.getMachineType()) + " in "
                    + ResourceNames.last(instance.getZone()));
        } else if (row instanceof Subnetwork subnetwork) {
            lines.add("subnetworks " + scope(path) + name + " " + subnetwork.getIpCidrRange() + " secondary "
                    + subnetwork.getSecondaryIpRangesCount());
        } else if (row instanceof Router router) {
            lines.add("routers " + scope(path) + name + " nats " + router.getNatsCount());
        } else if (!(row instanceof Disk disk && disk.containsLabels("goog-gke-node"))) {
            lines.add(ResourceNames.collection(path) + " " + scope(path)
                    + RANDOM.matcher(name).replaceAll(""));
        }
    }
}
