// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * OP-4: a label that is set on nodes only is lost with them. The cloud's API does not know the labels of nodes that Karpenter or
 * self-managed groups create.
 */
public final class OperatorLabelPersistent extends AbstractCheck {

    public OperatorLabelPersistent() {
        super(
                "pool.operator.label-persistent",
                "the label node-type=operator on the operator pool itself",
                Requirement.OP_4,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.pools(),
                pools -> given(evidence.operatorNodes(), nodes -> {
                    Map<String, CloudFacts.Pool> known =
                            pools.stream().collect(Collectors.toMap(CloudFacts.Pool::name, p -> p, (a, b) -> a));
                    Predicate<NodeFacts> unlabeled = n -> n.pool()
                            .map(known::get)
                            .filter(pool -> !Evidence.isOperator(pool))
                            .isPresent();
                    List<NodeFacts> others = nodes.stream()
                            .filter(n -> n.pool().map(known::get).isEmpty())
                            .toList();
                    if (!others.isEmpty() && nodes.stream().noneMatch(unlabeled)) {
                        return unknown("the cloud knows no pool "
                                        + others.get(0).pool().orElse("of " + others.get(0)))
                                .about(others);
                    }
                    return each(
                            nodes,
                            "operator nodes",
                            unlabeled.negate(),
                            n -> "pool " + n.pool().orElse("") + " has no such label",
                            "Set the label on the node pool itself: a label set with kubectl is lost with the node.");
                }));
    }
}
