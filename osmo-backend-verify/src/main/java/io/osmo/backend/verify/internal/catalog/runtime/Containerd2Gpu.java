// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.runtime;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** With containerd 2 the container toolkit must edit the configuration file, or nodes may not recover. */
public final class Containerd2Gpu extends AbstractCheck {

    public Containerd2Gpu() {
        super(
                "runtime.containerd2-gpu",
                "RUNTIME_CONFIG_SOURCE=file for the container toolkit where GPU nodes run containerd 2",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes()
                        .map(all -> all.stream()
                                .filter(n -> ContainerdNodes.runs(n, version -> version.getMajor() >= 2))
                                .toList()),
                nodes -> given(evidence.snapshot().core().daemonSets(), daemonSets -> {
                    if (nodes.isEmpty()) {
                        return skipped("no GPU nodes with containerd 2");
                    }
                    return each(
                            daemonSets.stream()
                                    .filter(d -> d.name().startsWith("nvidia-container-toolkit"))
                                    .toList(),
                            "container toolkits of the GPU Operator",
                            d -> d.template().stream()
                                    .flatMap(t -> t.containers().stream())
                                    .anyMatch(c -> c.runtimeConfigSource().startsWith("file")),
                            d -> d + " does not set it",
                            "Set RUNTIME_CONFIG_SOURCE=file in toolkit.env of the GPU Operator.");
                }));
    }
}
