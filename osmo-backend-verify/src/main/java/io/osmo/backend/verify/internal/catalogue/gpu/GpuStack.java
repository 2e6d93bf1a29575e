// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;

/** Whether anything that makes GPUs visible to Kubernetes has been installed yet. */
final class GpuStack {
    private GpuStack() {}

    static Fact<Boolean> installed(Evidence evidence) {
        return evidence.gpuNodes()
                .flatMap(nodes -> evidence.snapshot()
                        .apiGroups()
                        .flatMap(groups -> evidence.snapshot()
                                .daemonSets()
                                .map(daemonSets -> groups.contains("nvidia.com")
                                        || daemonSets.stream()
                                                .anyMatch(d -> d.name().contains("nvidia"))
                                        || nodes.stream()
                                                .anyMatch(n -> n.capacity().containsKey("nvidia.com/gpu")))));
    }
}
