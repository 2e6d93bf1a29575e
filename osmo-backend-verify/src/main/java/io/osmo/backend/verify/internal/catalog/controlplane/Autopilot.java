// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** If the managed service creates nodes automatically, labels and taints of pools are not reliable. */
public final class Autopilot extends AbstractCheck {

    public Autopilot() {
        super(
                "control-plane.autopilot",
                "nodes from node pools, not from an automatic mode of the service",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        nodes,
                        "nodes",
                        n -> automatic(n).isEmpty(),
                        n -> automatic(n),
                        "Create node pools for OSMO: labels and taints of automatic nodes cannot be relied on."));
    }

    private static String automatic(NodeFacts node) {
        return CloudServices.all().stream()
                .flatMap(service -> service.automaticMode(node).stream())
                .findFirst()
                .orElse("");
    }
}
