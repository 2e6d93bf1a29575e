// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** OSMO counts nvidia.com/gpu only and cannot use MIG partitions. */
public final class MigMode extends AbstractCheck {

    private static final String PRODUCT = "nvidia.com/gpu.product";
    /** Set by the GPU Operator's MIG manager. */
    private static final String STATE = "nvidia.com/mig.config.state";

    public MigMode() {
        super(
                "gpu.mig-mode",
                "no GPU partitioned with MIG, and no partitioning that failed",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes(),
                nodes -> each(
                        nodes,
                        "GPU nodes",
                        n -> parts(n).isEmpty(),
                        n -> parts(n),
                        "kubectl label node NAME --overwrite nvidia.com/mig.config=all-disabled; if that fails: kubectl -n"
                                + " gpu-operator logs -l app=nvidia-mig-manager"));
    }

    private static String parts(NodeFacts node) {
        // After MIG is turned off, nodes keep the name with the amount 0.
        Stream<String> resources = node.allocatable().entrySet().stream()
                .filter(e -> e.getKey().startsWith("nvidia.com/mig-")
                        && Quantities.amount(e.getValue()).orElse(1) > 0)
                .map(Map.Entry::getKey)
                .sorted();
        Stream<String> counted = GpuStack.countsPartitions(node)
                ? Stream.of("nvidia.com/gpu counts partitions"
                        + (node.label(PRODUCT).isEmpty() ? "" : " (" + node.label(PRODUCT) + ")"))
                : Stream.empty();
        Stream<String> state = node.label(STATE).equals("failed") ? Stream.of(STATE + "=failed") : Stream.empty();
        return Stream.of(resources, counted, state).flatMap(Function.identity()).collect(Collectors.joining(", "));
    }
}
