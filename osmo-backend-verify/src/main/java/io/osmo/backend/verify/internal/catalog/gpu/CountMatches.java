// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;

/** A GPU that has failed is not allocatable. */
public final class CountMatches extends AbstractCheck {

    public CountMatches() {
        super(
                "gpu.count-matches",
                "all GPUs of each machine allocatable on its node",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes()
                        .map(all -> all.stream()
                                .filter(n -> n.allocatable().containsKey("nvidia.com/gpu"))
                                .filter(n -> !GpuStack.countsPartitions(n))
                                .toList()),
                nodes -> {
                    boolean untold = nodes.stream().anyMatch(n -> wanted(evidence, n) == 0);
                    if (untold
                            && evidence.has(Vantage.CLOUD)
                            && evidence.pools() instanceof Fact.Unknown<List<CloudFacts.Pool>> unread) {
                        return unknown(unread.reason());
                    }
                    return each(
                            nodes.stream().filter(n -> wanted(evidence, n) > 0).toList(),
                            "GPU nodes with a known number of GPUs",
                            n -> allocatable(n) >= wanted(evidence, n) * GpuStack.shares(n),
                            n -> show(n, wanted(evidence, n)),
                            "Check the node's events and nvidia-smi on the node, then replace the node.");
                });
    }

    private static String show(NodeFacts node, long wanted) {
        long shares = GpuStack.shares(node);
        return shares == 1
                ? allocatable(node) + " of " + wanted + " GPUs"
                : allocatable(node) + " of " + wanted * shares + " shares of " + wanted + " GPUs";
    }

    private static long allocatable(NodeFacts node) {
        return Quantities.amount(node.allocatable().getOrDefault("nvidia.com/gpu", ""))
                .orElse(0);
    }

    /** As the cloud's catalog says, or else as GPU feature discovery counts; 0 when neither is known. */
    private static long wanted(Evidence evidence, NodeFacts node) {
        return evidence.pools().known().orElse(List.of()).stream()
                .filter(p -> node.pool().equals(Optional.of(p.name()))
                        && p.instanceTypes().size() <= 1)
                .flatMap(p -> p.machine().known().stream())
                .mapToLong(CloudFacts.Machine::gpus)
                .filter(gpus -> gpus > 0)
                .findFirst()
                .orElseGet(() ->
                        Quantities.amount(node.label("nvidia.com/gpu.count")).orElse(0));
    }
}
