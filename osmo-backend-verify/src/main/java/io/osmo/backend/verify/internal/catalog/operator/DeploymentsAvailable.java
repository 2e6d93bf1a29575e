// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Optional;

/** The worker is ready once it has logged in and connected to the OSMO service. */
public final class DeploymentsAvailable extends OperatorCheck {

    public DeploymentsAvailable() {
        super(
                "operator.deployments-available",
                "listener and worker of OSMO's operator both ready in their current revision",
                Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        // Without pods it is known what is down, but not why.
        List<PodFacts> pods = evidence.snapshot().core().pods().known().orElse(List.of());
        List<String> parts = List.of(OsmoOperator.LISTENER, OsmoOperator.WORKER);
        return each(
                parts,
                "parts of the operator",
                part -> available(deployments, part),
                part -> part + " is " + (deployments.stream().anyMatch(d -> d.runs(part)) ? "not ready" : "missing")
                        + failure(evidence, deployments, part, pods)
                                .map(t -> ": " + t.cause())
                                .orElse(""),
                parts.stream()
                        .filter(part -> !available(deployments, part))
                        .flatMap(part -> failure(evidence, deployments, part, pods).stream())
                        .map(PodFailures.Failure::next)
                        .findFirst()
                        .orElse(PodFailures.look(evidence)));
    }

    private static boolean available(List<WorkloadFacts> deployments, String part) {
        return deployments.stream()
                .anyMatch(d -> d.runs(part)
                        && d.ready() > 0
                        && OsmoOperator.template(d).current());
    }

    private static Optional<PodFailures.Failure> failure(
            Evidence evidence, List<WorkloadFacts> deployments, String part, List<PodFacts> pods) {
        return deployments.stream()
                .filter(d -> d.runs(part))
                .flatMap(d -> PodFailures.of(evidence, d, pods).stream())
                .findFirst();
    }
}
