// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CN-2: without a node to look at, the autoscaler uses the labels and taints of the pool. What the GPU Operator sets on nodes comes
 * too late: if the pool lacks the label that OSMO's GPU platform selects by, workflows wait for a node that is never started.
 */
public final class ScaleFromZeroTemplate extends AbstractCheck {

    public ScaleFromZeroTemplate() {
        super(
                "pool.scale-from-zero-template",
                "labels and taints of future nodes set on each pool that can scale to zero",
                Requirement.CN_2,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.pools(), pools -> {
            List<CloudFacts.Pool> empty =
                    pools.stream().filter(p -> p.scale().min() == 0).toList();
            List<String> unclear =
                    empty.stream().flatMap(p -> unclear(p).stream()).toList();
            if (!unclear.isEmpty() && empty.stream().allMatch(p -> lacks(p).isEmpty())) {
                return unknown(String.join(", ", unclear));
            }
            return each(
                    empty,
                    "pools that scale from zero",
                    p -> lacks(p).isEmpty(),
                    p -> p.name() + " lacks " + String.join(" and ", lacks(p)),
                    "Set labels and taint on the node pool itself; on nodes they come too late for the autoscaler.");
        });
    }

    private static List<String> lacks(CloudFacts.Pool pool) {
        return lacks(pool, gpu(pool));
    }

    private static List<String> lacks(CloudFacts.Pool pool, boolean gpu) {
        List<String> lacks = new ArrayList<>();
        if (!pool.labels().containsKey(NodeFacts.NODE_TYPE)) {
            lacks.add("the label node-type");
        }
        if (gpu && !"true".equals(pool.labels().get(NodeFacts.GPU_PRESENT))) {
            lacks.add("the label " + NodeFacts.GPU_PRESENT + "=true");
        }
        if (gpu && pool.taints().stream().noneMatch(t -> t.key().equals("nvidia.com/gpu"))) {
            lacks.add("the taint nvidia.com/gpu");
        }
        return lacks;
    }

    /** Whether its machine has GPUs; if that is not known, whether its label says so. */
    private static boolean gpu(CloudFacts.Pool pool) {
        return pool.machine()
                .known()
                .map(m -> m.gpus() > 0)
                .orElse(PoolRole.GPU.nodeType().equals(pool.labels().get(NodeFacts.NODE_TYPE)));
    }

    /** Why it is unknown whether it has GPUs, if the pool is good without GPUs but not with them. */
    private static Optional<String> unclear(CloudFacts.Pool pool) {
        boolean matters = lacks(pool).isEmpty() && !lacks(pool, true).isEmpty();
        return matters && pool.machine() instanceof Fact.Unknown<CloudFacts.Machine> unknown
                ? Optional.of("whether " + pool.name() + " has GPUs: " + unknown.reason())
                : Optional.empty();
    }
}
