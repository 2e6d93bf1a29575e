// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.CustomKinds;
import io.osmo.backend.verify.internal.catalog.stack.Kai;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The operator creates queues when it connects, and not again if KAI is installed later. */
public final class Order extends OperatorCheck {

    public Order() {
        super("kai.order", "KAI installed before OSMO's operator started", Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return given(
                CustomKinds.definition(evidence, "queues.scheduling.run.ai"),
                crd -> given(
                        evidence.snapshot().stack().queues(),
                        queues -> given(evidence.snapshot().core().pods(), pods -> {
                            if (crd.isEmpty()) {
                                return withoutQueues(evidence);
                            }
                            String top = OsmoQueues.top(evidence.expectations().workflowNamespace());
                            if (queues.stream().anyMatch(q -> q.name().equals(top))) {
                                return pass("the queues exist");
                            }
                            if (crd.get().created().isEmpty()) {
                                return unknown("it is not known when " + crd.get() + " was created");
                            }
                            Instant installed = crd.get().created().get();
                            return each(
                                    OsmoOperator.pods(deployments, pods).stream()
                                            .filter(p -> started(p).findAny().isPresent())
                                            .toList(),
                                    "running pods of the operator",
                                    p -> started(p).noneMatch(s -> s.isBefore(installed)),
                                    p -> p.name() + " is older than KAI",
                                    "kubectl -n " + evidence.expectations().operatorNamespace()
                                            + " rollout restart deployment");
                        })));
    }

    private Finding withoutQueues(Evidence evidence) {
        return given(Kai.deployments(evidence), kai -> {
            String next =
                    "Install KAI" + (kai.isEmpty() ? "" : "'s definitions") + ", then restart the operator's worker.";
            return kai.isEmpty()
                    ? breach("KAI is not installed", next)
                    : breach(
                                    "KAI's deployments exist, but not the definition queues.scheduling.run.ai: it was removed,"
                                            + " or KAI's installation has not finished",
                                    next + " helm upgrade of KAI's chart creates them again.")
                            .about(kai.stream().map(d -> "deployment/" + d).toList());
        });
    }

    private static Stream<Instant> started(PodFacts pod) {
        return pod.containers().stream().flatMap(c -> c.started().stream());
    }
}
