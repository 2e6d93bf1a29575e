// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodeTaint;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Clusters and node pools that exist, without ids and times. */
final class Inventory {
    private Inventory() {}

    static List<String> of(Map<String, Cluster> clusters) {
        List<String> lines = new ArrayList<>();
        clusters.forEach((path, cluster) -> {
            String name = ResourceNames.withoutProject(path);
            lines.add("cluster " + name + " " + cluster.getCurrentMasterVersion() + " " + cluster.getStatus() + " "
                    + new TreeMap<>(cluster.getResourceLabelsMap()) + " encryption "
                    + cluster.getDatabaseEncryption().getCurrentState());
            cluster.getNodePoolsList().forEach(pool -> lines.add(pool(name, pool)));
        });
        return lines;
    }

    private static String pool(String cluster, NodePool pool) {
        NodePoolAutoscaling scaling = pool.getAutoscaling();
        return "node-pool " + cluster + "/" + pool.getName() + " " + pool.getVersion() + " " + pool.getStatus() + " "
                + pool.getConfig().getMachineType() + " total " + scaling.getTotalMinNodeCount() + "-"
                + scaling.getTotalMaxNodeCount() + " per zone " + scaling.getMinNodeCount() + "-"
                + scaling.getMaxNodeCount() + " "
                + new TreeMap<>(pool.getConfig().getLabelsMap()) + " "
                + pool.getConfig().getTaintsList().stream()
                        .map(Inventory::taint)
                        .toList();
    }

    private static String taint(NodeTaint taint) {
        return taint.getKey() + "=" + taint.getValue() + ":" + taint.getEffect();
    }
}
