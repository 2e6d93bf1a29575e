// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.resource.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plan as a graph: when each change starts and ends, and what it waits for. */
final class PlanGraph {
    /**
     * A change in the graph.
     *
     * @param number its place in {@link #nodes()}
     * @param start after the start of an apply, as early as possible
     * @param critical whether the duration of the plan depends on it
     */
    record Node(int number, Change change, Duration start, Duration end, boolean critical) {}

    /** One node waits for another. */
    record Edge(Node from, Node to) {
        boolean critical() {
            return from.critical() && to.critical() && from.end().equals(to.start());
        }
    }

    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    private PlanGraph() {}

    static PlanGraph of(Plan plan) {
        PlanGraph graph = new PlanGraph();
        Map<ResourceId, Duration> ends = CriticalPath.ends(plan.changes());
        graph.addNodes(plan, ends);
        graph.addEdges(ends.keySet());
        return graph;
    }

    /** In the order of their starts. */
    List<Node> nodes() {
        return nodes;
    }

    /** Without those that follow from others. */
    List<Edge> edges() {
        return edges;
    }

    private void addNodes(Plan plan, Map<ResourceId, Duration> ends) {
        Set<ResourceId> critical = new HashSet<>();
        plan.criticalPath().forEach(change -> critical.add(change.resource()));
        List<Change> byStart = new ArrayList<>(plan.changes());
        byStart.sort(Comparator.comparing(change -> start(change, ends)));
        for (Change change : byStart) {
            nodes.add(new Node(
                    nodes.size(),
                    change,
                    start(change, ends),
                    ends.getOrDefault(change.resource(), Duration.ZERO),
                    critical.contains(change.resource())));
        }
    }

    private static Duration start(Change change, Map<ResourceId, Duration> ends) {
        return ends.getOrDefault(change.resource(), Duration.ZERO).minus(change.estimate());
    }

    /** @param ordered each change behind those that come before it */
    private void addEdges(Set<ResourceId> ordered) {
        Map<ResourceId, Node> byId = new HashMap<>();
        nodes.forEach(node -> byId.put(node.change().resource(), node));
        Map<ResourceId, BitSet> before = new HashMap<>();
        for (ResourceId id : ordered) {
            Node node = byId.get(id);
            if (node != null) {
                before.put(id, addEdges(node, byId, before));
            }
        }
        edges.sort(Comparator.<Edge>comparingInt(edge -> edge.from().number())
                .thenComparingInt(edge -> edge.to().number()));
    }

    /** @return everything that comes before the node */
    private BitSet addEdges(Node node, Map<ResourceId, Node> byId, Map<ResourceId, BitSet> before) {
        List<Node> direct = node.change().after().stream()
                .filter(byId::containsKey)
                .map(byId::get)
                .toList();
        BitSet indirect = new BitSet();
        direct.forEach(one -> indirect.or(before.getOrDefault(one.change().resource(), new BitSet())));
        BitSet all = (BitSet) indirect.clone();
        for (Node one : direct) {
            all.set(one.number());
            if (!indirect.get(one.number())) {
                edges.add(new Edge(one, node));
            }
        }
        return all;
    }
}
