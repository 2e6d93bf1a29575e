// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodeTaint;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What stands in a project, in words that do not depend on ids and times. */
final class GcpInventory {
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

    /** What services and controllers make names unique with. */
    private static final Pattern RANDOM = Pattern.compile(
            "(?:^|-)(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|a?[0-9a-f]{31}|[0-9a-f]{8})(?=-|$)");

    private GcpInventory() {}

    /** Region or zone of a resource, with what parts it from the name; nothing for a global one. */
    private static String scope(String path) {
        String[] parts = path.split("/", -1);
        return parts[2].equals("global") ? "" : parts[3] + "/";
    }

    /** A name without the project. */
    static String rest(String name) {
        return name.replaceFirst("^projects/[^/]+/(locations/)?", "");
    }

    static List<String> of(ComputeResources compute, Map<String, Cluster> clusters) {
        List<String> lines = new ArrayList<>();
        for (String collection : SHOWN) {
            compute.all(collection).forEach((path, row) -> line(lines, path, row));
        }
        clusters.forEach((path, cluster) -> {
            lines.add(
                    "cluster " + rest(path) + " " + cluster.getCurrentMasterVersion() + " " + cluster.getStatus() + " "
                            + new TreeMap<>(cluster.getResourceLabelsMap()) + " encryption "
                            + cluster.getDatabaseEncryption().getCurrentState());
            cluster.getNodePoolsList().forEach(pool -> lines.add(pool(path, pool)));
        });
        return lines;
    }

    private static String pool(String cluster, NodePool pool) {
        NodePoolAutoscaling scaling = pool.getAutoscaling();
        return "node-pool " + rest(cluster) + "/" + pool.getName() + " " + pool.getVersion() + " " + pool.getStatus()
                + " "
                + pool.getConfig().getMachineType() + " total " + scaling.getTotalMinNodeCount() + "-"
                + scaling.getTotalMaxNodeCount() + " per zone " + scaling.getMinNodeCount() + "-"
                + scaling.getMaxNodeCount() + " "
                + new TreeMap<>(pool.getConfig().getLabelsMap()) + " "
                + pool.getConfig().getTaintsList().stream()
                        .map(GcpInventory::taint)
                        .toList();
    }

    private static String taint(NodeTaint taint) {
        return taint.getKey() + "=" + taint.getValue() + ":" + taint.getEffect();
    }

    private static void line(List<String> lines, String path, Message row) {
        String name = ComputeResources.nameOf(path);
        if (row instanceof Instance instance) {
            lines.add("instance " + ComputeResources.nameOf(instance.getMachineType()) + " in "
                    + ComputeResources.nameOf(instance.getZone()));
        } else if (row instanceof Subnetwork subnetwork) {
            lines.add("subnetworks " + scope(path) + name + " " + subnetwork.getIpCidrRange() + " secondary "
                    + subnetwork.getSecondaryIpRangesCount());
        } else if (row instanceof Router router) {
            lines.add("routers " + scope(path) + name + " nats " + router.getNatsCount());
        } else if (!(row instanceof Disk disk && disk.containsLabels("goog-gke-node"))) {
            lines.add(ComputeResources.collectionOf(path) + " " + scope(path)
                    + RANDOM.matcher(name).replaceAll(""));
        }
    }
}
