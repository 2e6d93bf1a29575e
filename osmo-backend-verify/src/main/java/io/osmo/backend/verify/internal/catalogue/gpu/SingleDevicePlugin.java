// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;

/** Two device plugins on a node take turns in saying how many GPUs there are. */
public final class SingleDevicePlugin extends AbstractCheck {

    public SingleDevicePlugin() {
        super(
                "gpu.single-device-plugin",
                "at most one NVIDIA device plugin that runs",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes(),
                nodes -> given(evidence.snapshot().daemonSets(), daemonSets -> {
                    List<WorkloadFacts> plugins = daemonSets.stream()
                            .filter(d ->
                                    d.name().contains("nvidia") && d.name().contains("device-plugin") && d.wanted() > 0)
                            .toList();
                    if (nodes.isEmpty()) {
                        return skipped("no GPU nodes");
                    }
                    return plugins.size() <= 1
                            ? pass(plugins.isEmpty() ? "none" : plugins.get(0).toString())
                            : breach(
                                            plugins.size() + " of them",
                                            "Keep one: disable the cloud's plugin on the pool, or devicePlugin.enabled=false.")
                                    .about(plugins);
                }));
    }
}
