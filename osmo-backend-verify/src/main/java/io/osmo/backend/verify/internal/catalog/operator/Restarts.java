// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.ContainerFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The last state of a container shows why it exited. */
public final class Restarts extends OperatorCheck {
    private static final Duration RECENT = Duration.ofMinutes(10);

    public Restarts() {
        super(
                "operator.restarts",
                "no container of OSMO's operator that exited in the last ten minutes or ran out of memory",
                Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return given(
                evidence.snapshot().core().pods(),
                pods -> given(
                        evidence.snapshot().server().time(),
                        now -> each(
                                // Containers of pods in other namespaces are not read.
                                OsmoOperator.pods(deployments, pods).stream()
                                        .filter(p -> p.namespace()
                                                .equals(evidence.expectations().operatorNamespace()))
                                        .toList(),
                                "pods of the operator",
                                p -> calm(p, now),
                                p -> p.containers().stream()
                                        .filter(c -> !calm(c, now))
                                        .map(c -> c.name() + " restarted " + c.restarts() + " times, last "
                                                + PodFailures.cause(c))
                                        .collect(Collectors.joining(", ")),
                                deployments.stream()
                                        .flatMap(d -> OsmoOperator.pods(List.of(d), pods).stream()
                                                .filter(p -> !calm(p, now))
                                                .flatMap(p -> PodFailures.of(evidence, d, p).stream()))
                                        .map(PodFailures.Failure::next)
                                        .findFirst()
                                        .orElse(PodFailures.look(evidence)))));
    }

    private static boolean calm(PodFacts pod, Instant now) {
        return pod.containers().stream().allMatch(c -> calm(c, now));
    }

    private static boolean calm(ContainerFacts container, Instant now) {
        return container.restarts() == 0
                || !container.lastReason().equals("OOMKilled")
                        && container
                                .lastEnd()
                                .filter(end -> end.isAfter(now.minus(RECENT)))
                                .isEmpty();
    }
}
