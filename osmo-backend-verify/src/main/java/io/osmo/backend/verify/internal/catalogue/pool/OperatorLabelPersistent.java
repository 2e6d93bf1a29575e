// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Set;
import java.util.stream.Collectors;

/** OP-4: a label that only today's nodes carry is gone with them. */
public final class OperatorLabelPersistent extends AbstractCheck {

    public OperatorLabelPersistent() {
        super(
                "pool.operator.label-persistent",
                "the label node-type=operator in the definition of the pool",
                Requirement.OP_4,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.pools(),
                pools -> given(evidence.operatorNodes(), nodes -> {
                    Set<String> labelled = Pools.operator(pools).stream()
                            .map(CloudFacts.Pool::name)
                            .collect(Collectors.toSet());
                    return each(
                            nodes,
                            "operator nodes",
                            n -> n.pool().filter(labelled::contains).isPresent(),
                            n -> "pool " + n.pool().orElse("(none)") + " has no such label",
                            "Set the label on the node pool itself: kubectl label does not outlive the node.");
                }));
    }
}
