// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.regex.Pattern;

/** Two device plugins on a node overwrite each other's number of GPUs. A cloud may have one DaemonSet for each kind of node. */
public final class SingleDevicePlugin extends AbstractCheck {
    /** Names that NVIDIA and clouds use, except feature discovery and MPS control, which run in addition to a plugin. */
    private static final Pattern PLUGIN =
            Pattern.compile(".*nvidia.*device-plugin(?!.*(feature-discovery|mps-control-daemon)).*");

    public SingleDevicePlugin() {
        super(
                "gpu.single-device-plugin",
                "at most one NVIDIA device plugin on each GPU node",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes(),
                nodes -> given(
                        evidence.snapshot().core().daemonSets(),
                        daemonSets -> given(evidence.snapshot().core().pods(), pods -> {
                            List<WorkloadFacts> plugins = daemonSets.stream()
                                    .filter(d -> PLUGIN.matcher(d.name()).matches() && d.wanted() > 0)
                                    .toList();
                            List<PodFacts> running = pods.stream()
                                    .filter(p -> p.active() && p.nodeBound())
                                    .filter(p -> plugins.stream().anyMatch(d -> runs(d, p)))
                                    .toList();
                            return each(
                                    nodes,
                                    "GPU nodes",
                                    n -> on(n, running).size() <= 1,
                                    n -> String.join(" and ", on(n, running)),
                                    "Keep one: disable the cloud's plugin on the pool, or set devicePlugin.enabled=false"
                                            + " in the GPU Operator.");
                        })));
    }

    /** Kubernetes names pods of a DaemonSet after it, with five more characters. */
    private static boolean runs(WorkloadFacts daemonSet, PodFacts pod) {
        return pod.namespace().equals(daemonSet.namespace())
                && pod.name().startsWith(daemonSet.name() + "-")
                && pod.name().indexOf('-', daemonSet.name().length() + 1) < 0;
    }

    private static List<String> on(NodeFacts node, List<PodFacts> plugins) {
        return plugins.stream()
                .filter(p -> p.node().equals(node.name()))
                .map(p -> p.namespace() + "/" + p.name().replaceFirst("-[^-]*$", ""))
                .sorted()
                .toList();
    }
}
