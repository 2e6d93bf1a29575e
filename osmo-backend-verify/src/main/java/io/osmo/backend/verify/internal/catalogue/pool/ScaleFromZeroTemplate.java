// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

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
 * CN-2: with no node to look at, the autoscaler goes by the definition of the pool. What the GPU Operator would put on a node
 * comes too late: without the label that OSMO's GPU platform selects by, workflows wait for a node that is never started.
 */
public final class ScaleFromZeroTemplate extends AbstractCheck {

    public ScaleFromZeroTemplate() {
        super(
                "pool.scale-from-zero-template",
                "pools that may be empty say what their nodes will be",
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

    /** Whether it has GPUs; where its machine is not known, whether it says so. */
    private static boolean gpu(CloudFacts.Pool pool) {
        return pool.machine()
                .known()
                .map(m -> m.gpus() > 0)
                .orElse(PoolRole.GPU.nodeType().equals(pool.labels().get(NodeFacts.NODE_TYPE)));
    }

    /** Why nobody knows whether it has GPUs, if it would do without some and not with them. */
    private static Optional<String> unclear(CloudFacts.Pool pool) {
        boolean matters = lacks(pool).isEmpty() && !lacks(pool, true).isEmpty();
        return matters && pool.machine() instanceof Fact.Unknown<CloudFacts.Machine> unknown
                ? Optional.of("whether " + pool.name() + " has GPUs: " + unknown.reason())
                : Optional.empty();
    }
}
