// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CN-3: nodes that are reserved for the system or the control plane are exempt. */
public final class ComputeLabel extends AbstractCheck {

    private static final Set<String> CONTROL_PLANE = Set.of(
            "node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master", "node-role.kubernetes.io/etcd");

    public ComputeLabel() {
        super(
                "pool.compute.label",
                "the label node-type on each node and on its pool",
                Requirement.CN_3,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    /** Where the label has to be: on a node, and on a pool, which new nodes get it from. */
    private record Place(Object where, String pool, boolean labeled) {
        @Override
        public String toString() {
            return where.toString();
        }
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        Stream.concat(ofNodes(nodes), ofPools(evidence, nodes)).toList(),
                        "compute nodes and pools",
                        Place::labeled,
                        place -> "no label node-type in pool " + place.pool(),
                        "Set node-type=compute or node-type=gpu on the node pool: a label set with kubectl is lost with the node."));
    }

    private static Stream<Place> ofNodes(List<NodeFacts> nodes) {
        return nodes.stream()
                .filter(n -> !Evidence.isOperator(n) && !system(n.labels(), n.taints()))
                .map(n -> new Place(n, n.pool().orElse("(none)"), !n.nodeType().isEmpty()));
    }

    /** Operator pools have their own check. */
    private static Stream<Place> ofPools(Evidence evidence, List<NodeFacts> nodes) {
        Set<String> operators = nodes.stream()
                .filter(Evidence::isOperator)
                .flatMap(n -> n.pool().stream())
                .collect(Collectors.toSet());
        return evidence.pools().known().orElse(List.of()).stream()
                .filter(p ->
                        !Evidence.isOperator(p) && !operators.contains(p.name()) && !system(p.labels(), p.taints()))
                .map(p -> new Place(p, p.name(), p.labels().containsKey(NodeFacts.NODE_TYPE)));
    }

    private static boolean system(Map<String, String> labels, List<Taint> taints) {
        return CloudServices.any(service -> service.isSystemPool(labels))
                || CONTROL_PLANE.stream().anyMatch(labels::containsKey)
                || taints.stream().anyMatch(t -> t.key().equals("CriticalAddonsOnly"));
    }
}
