// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.rules.NodeScope;
import io.osmo.backend.verify.internal.rules.Taints;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Nodes that are the same to a pod: those of one pool of the cloud, or of one {@code node-type} where the cloud is not known.
 *
 * @param selector labels that select these nodes
 * @param taints what the pod must tolerate
 * @param compute whether workflows run there
 */
record ProbePool(String name, Map<String, String> selector, List<Taint> taints, boolean gpu, boolean compute) {
    private static final String OS = "kubernetes.io/os";

    /** Pools that have nodes, sorted by name. */
    static List<ProbePool> withNodes(Evidence evidence, List<NodeFacts> nodes) {
        Map<String, List<NodeFacts>> byPool = nodes.stream()
                .filter(ProbePool::ofPool)
                .collect(Collectors.groupingBy(ProbePool::nameOf, TreeMap::new, Collectors.toList()));
        List<ProbePool> pools = new ArrayList<>();
        byPool.forEach((name, members) -> pools.add(new ProbePool(
                name,
                selectorOf(members.get(0)),
                lasting(members),
                members.stream().anyMatch(evidence::isGpu),
                members.stream().anyMatch(n -> !n.nodeType().isEmpty() && !Evidence.isOperator(n)))));
        return pools;
    }

    /** Pools of the cloud that may scale to zero and have no nodes. */
    static List<ProbePool> empty(ClusterSnapshot snapshot, List<NodeFacts> nodes) {
        String label = poolLabel(snapshot, nodes);
        return new Evidence(snapshot)
                .pools().known().orElse(List.of()).stream()
                        .filter(pool -> pool.scale().min() == 0 && pool.scale().max() > 0)
                        .filter(pool -> nodes.stream()
                                .noneMatch(n ->
                                        n.pool().filter(pool.name()::equals).isPresent()))
                        .map(pool -> new ProbePool(
                                pool.name(),
                                label.isEmpty() ? pool.labels() : Map.of(label, pool.name()),
                                pool.taints(),
                                pool.machine().known().filter(m -> m.gpus() > 0).isPresent(),
                                !Evidence.isOperator(pool)))
                        .filter(pool -> !pool.selector().isEmpty())
                        .toList();
    }

    /** What a pod must tolerate to run on any of these nodes, except for taints that come and go. */
    static List<Taint> lasting(Collection<NodeFacts> nodes) {
        return nodes.stream()
                .flatMap(node -> node.taints().stream())
                .filter(taint -> taint.effect() != Taint.Effect.PREFER_NO_SCHEDULE && !Taints.comesAndGoes(taint))
                .collect(Collectors.toCollection(() -> new TreeSet<>(java.util.Comparator.comparing(Taint::toString))))
                .stream()
                .toList();
    }

    /** Whether it is a Linux node of a pool. Probes stay off others, such as those of a control plane. */
    static boolean ofPool(NodeFacts node) {
        return NodeScope.unusable(node).isEmpty()
                && (node.pool().isPresent() || !node.nodeType().isEmpty());
    }

    private static String nameOf(NodeFacts node) {
        return node.pool().orElse(node.nodeType());
    }

    /** A pool may have nodes of several systems. */
    private static Map<String, String> selectorOf(NodeFacts node) {
        String key = node.poolLabel().orElse(NodeFacts.NODE_TYPE);
        Map<String, String> selector = new TreeMap<>(Map.of(key, node.label(key)));
        if (!node.label(OS).isEmpty()) {
            selector.put(OS, node.label(OS));
        }
        return selector;
    }

    /** The label that names the pool on existing nodes; those of an empty pool will have it too. */
    private static String poolLabel(ClusterSnapshot snapshot, List<NodeFacts> nodes) {
        List<String> names = snapshot.cloud().flatMap(CloudFacts::pools).known().orElse(List.of()).stream()
                .map(CloudFacts.Pool::name)
                .toList();
        return nodes.stream()
                .filter(n -> n.pool().filter(names::contains).isPresent())
                .flatMap(n -> n.poolLabel().stream())
                .findFirst()
                .orElse("");
    }
}
