// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.api.model.Node;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pool of a spec and its nodes, which are those with all of its labels.
 *
 * @param nodes nodes with the labels of the pool
 */
record ExpectedPool(NodePool pool, List<Node> nodes) {
    private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";

    ExpectedPool {
        nodes = List.copyOf(nodes);
    }

    /** All pools of a spec; none when the cluster was not read. */
    static Stream<ExpectedPool> all(BackendSpec spec, Inventory inventory) {
        return inventory.find(ObservedCluster.ID, ObservedCluster.class).stream()
                .flatMap(cluster -> spec.pools().stream().map(pool -> of(pool, cluster.nodes())));
    }

    /** One pool, with its nodes among all of the cluster. */
    static ExpectedPool of(NodePool pool, List<Node> nodes) {
        return new ExpectedPool(
                pool,
                nodes.stream()
                        .filter(node -> labels(node)
                                .entrySet()
                                .containsAll(pool.labels().entrySet()))
                        .toList());
    }

    /** Without nodes of other types, which may be of another pool with the same labels; with all if no node has a type of the pool. */
    ExpectedPool ofItsTypes() {
        List<Node> own = nodes.stream()
                .filter(node -> pool.instanceTypes().contains(type(node)))
                .toList();
        return own.isEmpty() ? this : new ExpectedPool(pool, own);
    }

    /** In what the nodes differ from what is expected, with what to do about it; empty when they are as expected. */
    Optional<String> problem() {
        String labels = pool.labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", "));
        if (nodes.size() < pool.scale().min()) {
            return Optional.of(
                    "pool " + pool.name() + " expects at least " + pool.scale().min() + " nodes labeled " + labels
                            + ", and the cluster has " + nodes.size() + ": label its nodes, or add nodes");
        }
        TreeSet<String> others = types().stream()
                .filter(type ->
                        !pool.instanceTypes().isEmpty() && !pool.instanceTypes().contains(type))
                .collect(Collectors.toCollection(TreeSet::new));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "pool " + pool.name() + " expects nodes of type " + String.join(", ", pool.instanceTypes())
                                + ", and some nodes labeled " + labels + " are of type " + String.join(", ", others)
                                + ": correct instanceTypes, or the labels of the nodes");
    }

    /** One line about the nodes. */
    String describe() {
        return "pool " + pool.name() + ": " + nodes.size() + (nodes.size() == 1 ? " node" : " nodes");
    }

    /** Instance types of the nodes, {@code unknown} if a node has none. */
    Set<String> types() {
        return nodes.stream().map(ExpectedPool::type).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String type(Node node) {
        return labels(node).getOrDefault(INSTANCE_TYPE, "unknown");
    }

    private static Map<String, String> labels(Node node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
