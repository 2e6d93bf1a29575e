// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import java.util.List;
import java.util.Map;

/** What is inside a cluster that could be touched from outside. */
final class InsideText {
    private static final List<String> KINDS =
            List.of("Namespace", "StorageClass", "Secret", "PriorityClass", "Deployment");

    private InsideText() {}

    static void of(String id, EmulatedCluster cluster, Map<String, Object> all) {
        for (String kind : KINDS) {
            cluster.list(kind).forEach(object -> {
                int slash = object.indexOf('/');
                String namespace = slash < 0 ? "" : object.substring(0, slash);
                all.put(id + " " + kind + " " + object, cluster.json(kind, namespace, object.substring(slash + 1)));
            });
        }
        cluster.nodes().stream().map(EmulatedNode::name).forEach(node -> all.put(id + " node " + node, node));
    }
}
