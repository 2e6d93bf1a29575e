// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Evictions;
import io.osmo.backend.testkit.cluster.internal.Pods;
import io.osmo.backend.testkit.cluster.internal.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Drains of nodes, as clouds make them before they take a node away. */
final class NodeDrains {
    private final Store store;
    private final Controllers controllers;
    private final Distribution distribution;

    NodeDrains(Store store, Controllers controllers, Distribution distribution) {
        this.store = store;
        this.controllers = controllers;
        this.distribution = distribution;
    }

    /** One step; true when no pod is left that has to move. */
    boolean step(String node) {
        ObjectNode found = store.find("Node", "", node);
        if (found == null) {
            return true;
        }
        cordon(found, true);
        controllers.workloads();
        List<ObjectNode> left = toMove(node);
        for (ObjectNode pod : left) {
            if (!Pods.isEnding(pod)) {
                Evictions.tryOn(store, pod);
                // The next pod of the same budget is judged by what this one leaves.
                controllers.workloads();
            }
        }
        return left.isEmpty();
    }

    /** Pods that have to move, by namespace and name, each with the budgets that cover it. */
    Map<String, List<String>> blockers(String node) {
        Map<String, List<String>> blockers = new TreeMap<>();
        toMove(node)
                .forEach(pod -> blockers.put(pod.at("/metadata/namespace").asText() + "/" + name(pod), budgets(pod)));
        return blockers;
    }

    private List<String> budgets(ObjectNode pod) {
        return store.covering(pod).stream().map(NodeDrains::name).toList();
    }

    private static String name(ObjectNode object) {
        return object.at("/metadata/name").asText();
    }

    private List<ObjectNode> toMove(String node) {
        return store.all("Pod").stream()
                .filter(pod -> Pods.node(pod).equals(node) && !Pods.isFinished(pod) && !Pods.isOfDaemonSet(pod))
                .toList();
    }

    /** Lets a node that was cordoned take pods again. */
    void uncordon(String node) {
        Optional.ofNullable(store.find("Node", "", node)).ifPresent(found -> cordon(found, false));
        controllers.workloads();
    }

    private void cordon(ObjectNode node, boolean cordoned) {
        if (node.at("/spec/unschedulable").asBoolean() != cordoned) {
            ObjectNode changed = node.deepCopy();
            changed.withObject("/spec").put("unschedulable", cordoned);
            store.put(changed, distribution.manager());
        }
    }
}
