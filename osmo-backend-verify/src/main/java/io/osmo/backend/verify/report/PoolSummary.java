// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.text.Plain;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A node pool as a report shows it.
 *
 * @param name name in the cloud; empty for nodes without a known pool
 * @param nodeType value of the label {@code node-type}; empty when there is none
 * @param instanceTypes instance types of its nodes, sorted
 * @param scale autoscaling bounds; empty when the cloud's API was not read
 * @param zones nodes by zone, sorted, including zones without nodes if the cloud names them
 */
public record PoolSummary(
        Optional<String> name,
        Optional<String> nodeType,
        List<String> instanceTypes,
        Optional<Scale> scale,
        Map<String, Nodes> zones) {
    /**
     * Nodes of one zone.
     *
     * @param available ready and not cordoned
     */
    public record Nodes(int available, int unavailable) {
        static final Nodes NONE = new Nodes(0, 0);

        Nodes and(Nodes other) {
            return new Nodes(available + other.available, unavailable + other.unavailable);
        }

        Nodes and(NodeFacts node) {
            return node.available() ? new Nodes(available + 1, unavailable) : new Nodes(available, unavailable + 1);
        }
    }

    public PoolSummary {
        name = name.map(Plain::of);
        nodeType = nodeType.map(Plain::of);
        instanceTypes = instanceTypes.stream().map(Plain::of).toList();
        Map<String, Nodes> plain = new TreeMap<>();
        zones.forEach((zone, nodes) -> plain.merge(Plain.of(zone), nodes, Nodes::and));
        zones = Collections.unmodifiableMap(plain);
    }

    /** All pools; unknown when neither the nodes nor the cloud's pools were read. */
    public static Fact<List<PoolSummary>> of(Evidence evidence) {
        if (evidence.allNodes().known().isEmpty() && evidence.pools().known().isEmpty()) {
            return evidence.allNodes().map(nodes -> List.of());
        }
        Map<String, CloudFacts.Pool> defined = new TreeMap<>();
        evidence.pools().known().orElse(List.of()).forEach(pool -> defined.put(pool.name(), pool));
        Map<String, List<NodeFacts>> nodes = new TreeMap<>();
        defined.keySet().forEach(name -> nodes.put(name, new ArrayList<>()));
        evidence.allNodes()
                .known()
                .orElse(List.of())
                .forEach(node -> nodes.computeIfAbsent(node.pool().orElse(""), name -> new ArrayList<>())
                        .add(node));
        List<PoolSummary> pools = new ArrayList<>();
        nodes.forEach((name, members) -> pools.add(of(name, Optional.ofNullable(defined.get(name)), members)));
        return Fact.of(List.copyOf(pools));
    }

    private static PoolSummary of(String name, Optional<CloudFacts.Pool> defined, List<NodeFacts> nodes) {
        Map<String, Nodes> zones = new TreeMap<>();
        defined.ifPresent(pool -> pool.zones().known().orElse(List.of()).forEach(zone -> zones.put(zone, Nodes.NONE)));
        nodes.forEach(node -> zones.put(
                node.zone(), zones.getOrDefault(node.zone(), Nodes.NONE).and(node)));
        Optional<String> nodeType = Stream.concat(
                        nodes.stream().map(NodeFacts::nodeType),
                        defined.stream().map(pool -> pool.labels().getOrDefault(NodeFacts.NODE_TYPE, "")))
                .filter(type -> !type.isEmpty())
                .findFirst();
        TreeSet<String> types = new TreeSet<>();
        nodes.forEach(node -> types.add(node.label("node.kubernetes.io/instance-type")));
        defined.ifPresent(pool -> types.addAll(pool.instanceTypes()));
        types.remove("");
        return new PoolSummary(
                Optional.of(name).filter(text -> !text.isEmpty()),
                nodeType,
                List.copyOf(types),
                defined.map(CloudFacts.Pool::scale),
                zones);
    }
}
