// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** CN-2: with no node to look at, the autoscaler goes by the definition of the pool. */
public final class ScaleFromZero extends AbstractCheck {

    public ScaleFromZero() {
        super(
                "pool.scale-from-zero-template",
                "pools that may be empty say what their nodes will be",
                Requirement.CN_2,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.pools(),
                pools -> each(
                        pools.stream().filter(p -> p.scale().min() == 0).toList(),
                        "pools that scale from zero",
                        p -> p.labels().containsKey(NodeFacts.NODE_TYPE)
                                && (!gpu(p)
                                        || p.taints().stream()
                                                .anyMatch(t -> t.key().equals("nvidia.com/gpu"))),
                        p -> p.name() + " lacks the label node-type or the GPU taint",
                        "Set label and taint on the node pool itself."));
    }

    private static boolean gpu(CloudFacts.Pool pool) {
        return pool.machine().known().filter(m -> m.gpus() > 0).isPresent();
    }
}
