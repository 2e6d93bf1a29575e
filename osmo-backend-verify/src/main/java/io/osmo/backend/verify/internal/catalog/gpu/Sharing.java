// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.stream.Stream;

/**
 * OSMO counts each nvidia.com/gpu as a whole GPU. Under time-slicing and MPS a node has more of them than GPUs, and tasks share GPUs and
 * their memory without knowing it.
 *
 * @see <a href="https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/gpu-sharing.html">time-slicing GPUs</a>
 */
public final class Sharing extends AbstractCheck {

    public Sharing() {
        super(
                "gpu.sharing",
                "whole GPUs behind nvidia.com/gpu, not shares of them (time-slicing, MPS)",
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
                        n -> shared(n).isEmpty(),
                        Sharing::shared,
                        "Remove sharing from the device plugin's configuration (GPU Operator: devicePlugin.config), or set"
                                + " renameByDefault=true in it: then OSMO counts no GPU on these nodes and gives them no task with GPUs."));
    }

    /** How the GPUs of a node are shared, in words; empty when they are not. */
    private static String shared(NodeFacts node) {
        // Where the device plugin renames shares, none of them is counted.
        if (Quantities.amount(node.allocatable().getOrDefault("nvidia.com/gpu", ""))
                        .orElse(0)
                == 0) {
            return "";
        }
        String strategy = node.label("nvidia.com/gpu.sharing-strategy");
        boolean sliced = !List.of("", "none").contains(strategy)
                || node.label("nvidia.com/gpu.product").endsWith("-SHARED");
        return Stream.concat(
                        sliced || GpuStack.shares(node) > 1
                                ? Stream.of((List.of("", "none").contains(strategy) ? "sharing" : strategy) + " with "
                                        + GpuStack.shares(node) + " shares of each GPU")
                                : Stream.empty(),
                        CloudServices.all().stream()
                                .flatMap(service -> service.gpuSharing(node).stream())
                                .filter(label -> label.contains("sharing")))
                .findFirst()
                .orElse("");
    }
}
