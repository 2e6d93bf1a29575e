// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.catalogue.stack.Kai;
import io.osmo.backend.verify.internal.catalogue.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The software that makes GPUs visible to Kubernetes. */
final class GpuStack {
    private GpuStack() {}

    /** Whether it should be there: it is installed, or KAI or OSMO's operator is, which need it. */
    static Fact<Boolean> installed(Evidence evidence) {
        return visible(evidence)
                .flatMap(visible -> Kai.deployments(evidence)
                        .flatMap(kai -> OsmoOperator.all(evidence)
                                .map(operators -> visible || !kai.isEmpty() || !operators.isEmpty())));
    }

    private static Fact<Boolean> visible(Evidence evidence) {
        return evidence.gpuNodes()
                .flatMap(nodes -> evidence.snapshot()
                        .server()
                        .apiGroups()
                        .flatMap(groups -> evidence.snapshot()
                                .core()
                                .daemonSets()
                                .map(daemonSets -> groups.contains("nvidia.com")
                                        || daemonSets.stream()
                                                .anyMatch(d -> d.name().contains("nvidia"))
                                        || nodes.stream()
                                                .anyMatch(n -> n.capacity().containsKey("nvidia.com/gpu")))));
    }

    /**
     * A version from the labels of GPU feature discovery; empty when there is none.
     *
     * @param what {@code driver} or {@code runtime}
     */
    static String version(NodeFacts node, String what) {
        String prefix = "nvidia.com/cuda." + what;
        String full = node.label(prefix + "-version.full");
        if (!full.isEmpty() || node.label(prefix + ".major").isEmpty()) {
            return full;
        }
        return Stream.of("major", "minor", "rev")
                .map(part -> node.label(prefix + "." + part))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("."));
    }
}
