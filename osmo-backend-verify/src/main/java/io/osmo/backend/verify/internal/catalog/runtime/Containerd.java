// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.runtime;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** RT-1. */
public final class Containerd extends AbstractCheck {

    public Containerd() {
        super("runtime.containerd", "containerd on every node", Requirement.RT_1, Severity.ERROR, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        nodes,
                        "nodes",
                        ContainerdNodes::runs,
                        n -> n.runtimeVersion().isEmpty() ? "no runtime" : n.runtimeVersion(),
                        "Move the pool to a node image with containerd."));
    }
}
