// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.PoolDrain;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.spi.NodeLabel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Nodes that a drain has cordoned.
 *
 * @param labels of each node, by its name
 */
public record CordonedNodes(Map<String, Map<String, String>> labels) {
    public CordonedNodes {
        labels = Map.copyOf(labels);
    }

    /** One list call. */
    public static CordonedNodes list(KubernetesClient client) {
        return labeled(KubernetesCalls.list(
                "list Nodes",
                () -> client.nodes().withLabel(PoolDrain.CORDONED, "true").list()));
    }

    private static CordonedNodes labeled(Collection<Node> nodes) {
        Map<String, Map<String, String>> labels = new TreeMap<>();
        nodes.forEach(node -> labels.put(
                node.getMetadata().getName(), Map.copyOf(node.getMetadata().getLabels())));
        return new CordonedNodes(labels);
    }

    /** Names of the nodes of these pools, sorted. */
    List<String> of(Collection<NodeLabel> pools) {
        return labels.entrySet().stream()
                .filter(node -> pools.stream()
                        .anyMatch(pool -> pool.value().equals(node.getValue().get(pool.key()))))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
