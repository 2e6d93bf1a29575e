// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** KAI's default shard does not use nodes with this label. */
public final class KaiShardLabel extends AbstractCheck {

    public KaiShardLabel() {
        super(
                "node.kai-shard-label",
                "no label kai.scheduler/node-pool on any node",
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
                        n -> n.label("kai.scheduler/node-pool").isEmpty(),
                        n -> n.label("kai.scheduler/node-pool"),
                        "kubectl label node NAME kai.scheduler/node-pool-"));
    }
}
