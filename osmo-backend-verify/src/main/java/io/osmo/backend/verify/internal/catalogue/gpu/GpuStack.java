// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.catalogue.stack.Kai;
import io.osmo.backend.verify.internal.catalogue.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What makes GPUs visible to Kubernetes. */
final class GpuStack {
    private GpuStack() {}

    /** Whether it is time to ask for it: it has been installed, or what needs it has, KAI or OSMO's operator. */
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
     * A version that feature discovery puts into labels; empty when it does not.
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
