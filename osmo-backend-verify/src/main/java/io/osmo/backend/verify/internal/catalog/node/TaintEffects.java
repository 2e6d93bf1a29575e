// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/**
 * A newer Kubernetes may have more effects of taints than this library. OSMO uses a node with such a taint only if a platform
 * tolerates it, so other checks treat the effect as NoSchedule.
 */
public final class TaintEffects extends AbstractCheck {

    public TaintEffects() {
        super(
                "node.taint-effects",
                "taints with the effect NoSchedule, PreferNoSchedule or NoExecute",
                Severity.INFO,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> eachKnown(
                        nodes,
                        "nodes",
                        NodeFacts::unknownTaints,
                        List::isEmpty,
                        n -> String.join(", ", n.unknownTaints().known().orElse(List.of())),
                        "Use a newer release of this library, or give OSMO's platforms a toleration for the taint."));
    }
}
