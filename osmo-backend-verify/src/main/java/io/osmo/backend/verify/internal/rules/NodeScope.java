// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which nodes are out of scope, because no pool of OSMO can use them: OSMO's images are for Linux, and need a machine. */
public final class NodeScope {
    private static final String VIRTUAL_KUBELET = "virtual-kubelet.io/provider";
    /** Taints of nodes on which a cluster runs its own pods, OSMO's own taint, and NVIDIA's. None of them says that OSMO stays away. */
    private static final Set<String> OF_SYSTEM_AND_OSMO = Set.of(
            "CriticalAddonsOnly",
            "node-role.kubernetes.io/control-plane",
            "node-role.kubernetes.io/master",
            "node-role.kubernetes.io/etcd",
            "kubernetes.io/arch",
            "ops",
            "nvidia.com/gpu");

    private NodeScope() {}

    /** Why no pod of OSMO runs on a node, whatever its pool; empty if one can. */
    public static Optional<String> unusable(NodeFacts node) {
        if (node.label("kubernetes.io/os").equals("windows") || node.osImage().startsWith("Windows")) {
            return Optional.of("Windows");
        }
        return CloudServices.all().stream()
                .flatMap(service -> service.virtual(node).stream())
                .findFirst()
                .or(() -> virtual(node) ? Optional.of("virtual kubelet") : Optional.empty());
    }

    private static boolean virtual(NodeFacts node) {
        return node.label("type").equals("virtual-kubelet")
                || node.taints().stream().anyMatch(t -> t.key().equals(VIRTUAL_KUBELET));
    }

    /**
     * The taint that reserves a node for others, if its labels and its pool do not make it a node of OSMO.
     *
     * @param node a node that is in no pool of the spec, and has no GPU
     */
    public static Optional<String> reserved(NodeFacts node) {
        if (!node.nodeType().isEmpty()) {
            return Optional.empty();
        }
        List<Taint> taints = node.taints().stream()
                .filter(t -> t.effect() != Taint.Effect.PREFER_NO_SCHEDULE && !Taints.comesAndGoes(t))
                .toList();
        boolean ofOthers = !taints.isEmpty()
                && taints.stream()
                        .noneMatch(t -> OF_SYSTEM_AND_OSMO.contains(t.key())
                                || CloudServices.any(s -> s.spotTaints().contains(t.key())));
        return ofOthers ? Optional.of("reserved by the taint " + taints.get(0)) : Optional.empty();
    }
}
