// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
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
    private static final int SHOWN = 5;

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

    /**
     * In what the nodes of a pool differ from what is expected.
     *
     * @param remedy what to do about it, which may be the same for several pools
     */
    record Problem(String text, String remedy) {}

    /** Empty when the nodes are as expected. */
    Optional<Problem> problem() {
        String labels = pool.labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", "));
        if (nodes.size() < pool.scale().min()) {
            return Optional.of(new Problem(
                    "pool " + pool.name() + " expects at least " + pool.scale().min() + " nodes labeled " + labels
                            + ", and the cluster has " + nodes.size(),
                    "label the nodes, or add nodes"));
        }
        TreeSet<String> others = types().stream()
                .filter(type ->
                        !pool.instanceTypes().isEmpty() && !pool.instanceTypes().contains(type))
                .collect(Collectors.toCollection(TreeSet::new));
        return others.isEmpty()
                ? unusable(labels)
                : Optional.of(new Problem(
                        "pool " + pool.name() + " expects nodes of type " + String.join(", ", pool.instanceTypes())
                                + ", and some nodes labeled " + labels + " are of type " + String.join(", ", others),
                        "correct instanceTypes, or the labels of the nodes"));
    }

    /** Too few nodes that take pods, although there are enough. */
    private Optional<Problem> unusable(String labels) {
        List<Node> unready = nodes.stream().filter(node -> !isReady(node)).toList();
        List<Node> cordoned =
                nodes.stream().filter(node -> isReady(node) && isCordoned(node)).toList();
        int usable = nodes.size() - unready.size() - cordoned.size();
        if (usable >= pool.scale().min()) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                "pool " + pool.name() + " expects at least "
                        + pool.scale().min() + " nodes labeled " + labels + ", and of " + nodes.size()
                        + " in the cluster only "
                        + usable + " take pods ("
                        + Stream.of(named("not ready: ", unready, ""), named("cordoned: ", cordoned, ""))
                                .flatMap(Optional::stream)
                                .collect(Collectors.joining("; ", "", ")")),
                "repair the nodes (kubectl describe node) or let them take pods again (kubectl uncordon)"));
    }

    /** What of the nodes does no harm by itself, but is not as the spec says; empty when there is nothing. */
    Stream<Problem> remarks() {
        Stream<Problem> taints = pool.taints().stream()
                .flatMap(taint -> named(
                        "pool " + pool.name() + " has the taint " + taint + " in the spec, which these nodes lack (",
                        nodes.stream()
                                .filter(node -> !NodeDefaults.taints(node).contains(taint))
                                .toList(),
                        ")")
                        .stream())
                .map(
                        text -> new Problem(
                                text,
                                "other pods can take the room of these nodes, so taint them (kubectl taint node), or correct the spec"));
        boolean hidden = pool.role() == PoolRole.GPU
                && !nodes.isEmpty()
                && nodes.stream().noneMatch(node -> NodeDefaults.gpus(node) > 0);
        return Stream.concat(
                taints,
                hidden
                        ? Stream.of(new Problem(
                                "pool " + pool.name() + " expects GPUs, and none of its nodes offers "
                                        + NodeDefaults.GPUS,
                                "install the GPU Operator, or NVIDIA's driver and device plugin"))
                        : Stream.empty());
    }

    private static Optional<String> named(String before, List<Node> of, String after) {
        return of.isEmpty()
                ? Optional.empty()
                : Optional.of(before
                        + of.stream()
                                .limit(SHOWN)
                                .map(node -> node.getMetadata().getName())
                                .collect(Collectors.joining(", "))
                        + (of.size() > SHOWN ? " and " + (of.size() - SHOWN) + " more" : "")
                        + after);
    }

    private static boolean isReady(Node node) {
        return Optional.ofNullable(node.getStatus()).map(NodeStatus::getConditions).orElse(List.of()).stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static boolean isCordoned(Node node) {
        return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
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
