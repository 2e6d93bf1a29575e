// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.Quantity;
import io.osmo.backend.cluster.CloudFacts.Machine;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.ServiceDefaults;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the nodes of an existing cluster show of the pools of a spec. No cloud is asked, and these are not {@code CloudFacts}:
 * verification would judge a cloud by them.
 *
 * @param nodes all nodes of the cluster
 */
record NodeDefaults(List<Node> nodes) implements ServiceDefaults {
    static final String GPUS = "nvidia.com/gpu";
    private static final BigDecimal MIB = BigDecimal.valueOf(1L << 20);

    NodeDefaults {
        nodes = List.copyOf(nodes);
    }

    /** Taints that all nodes of the pool have: one that a single node has, such as during maintenance, is not the pool's. */
    @Override
    public List<Taint> taints(NodePool pool, Optional<Machine> machine) {
        List<Set<Taint>> all =
                expected(pool).nodes().stream().map(NodeDefaults::taints).toList();
        return all.stream()
                .limit(1)
                .flatMap(Set::stream)
                .filter(taint -> all.stream().allMatch(each -> each.contains(taint)))
                .toList();
    }

    private ExpectedPool expected(NodePool pool) {
        return ExpectedPool.of(pool, nodes).ofItsTypes();
    }

    /** Taints of a node that say what it is for, not in which state it is. */
    static Set<Taint> taints(Node node) {
        Set<Taint> taints = new LinkedHashSet<>();
        for (io.fabric8.kubernetes.api.model.Taint found :
                Optional.ofNullable(node.getSpec()).map(NodeSpec::getTaints).orElse(List.of())) {
            Taint.Effect.ofKubernetes(found.getEffect())
                    .map(effect -> new Taint(
                            found.getKey(),
                            Optional.ofNullable(found.getValue()).orElse(""),
                            effect))
                    .filter(taint -> !taint.tellsState())
                    .ifPresent(taints::add);
        }
        return taints;
    }

    /**
     * The most that a node of the pool has. Empty if the spec allows a type of which there is no node, since such a node may have more,
     * and if no node of a GPU pool shows its GPUs yet.
     */
    @Override
    public Optional<Machine> machine(NodePool pool) {
        ExpectedPool expected = expected(pool);
        Set<String> types = expected.types();
        if (pool.instanceTypes().isEmpty() || !types.containsAll(pool.instanceTypes())) {
            return Optional.empty();
        }
        List<Node> found = expected.nodes();
        int gpus = most(found, GPUS).intValue();
        if (pool.role() == PoolRole.GPU && gpus == 0) {
            return Optional.empty();
        }
        return Optional.of(new Machine(
                String.join(" or ", types),
                most(found, "cpu").intValue(),
                most(found, "memory").divideToIntegralValue(MIB).longValue(),
                gpus,
                status(found.get(0))
                        .map(NodeStatus::getNodeInfo)
                        .map(NodeSystemInfo::getArchitecture)
                        .orElse("unknown")));
    }

    /** The GPUs that a node shows. */
    static int gpus(Node node) {
        return most(List.of(node), GPUS).intValue();
    }

    private static BigDecimal most(List<Node> nodes, String resource) {
        return nodes.stream()
                .flatMap(node -> status(node).map(NodeStatus::getCapacity).stream())
                .flatMap(capacity -> Stream.ofNullable(capacity.get(resource)))
                .map(Quantity::getAmountInBytes)
                .reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    private static Optional<NodeStatus> status(Node node) {
        return Optional.ofNullable(node.getStatus());
    }
}
