// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;

/**
 * The control container of a workflow runs in the workflow namespace, under its network policies. From there it reaches the OSMO
 * service and the WebSocket for its logs.
 */
public final class WorkflowToOsmo extends ProbeCheck {
    public WorkflowToOsmo() {
        super(
                "network.workflow-to-osmo",
                "the OSMO service reachable from the workflow namespace",
                Requirement.NW_2,
                Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        if (facts.workflowReaches().isEmpty()) {
            return skipped(
                    "no probe in the workflow namespace was requested (Probes.Builder.workflowNamespace), or the URL of"
                            + " the OSMO service or a node of a compute pool is not known");
        }
        return all(
                facts.workflowReaches(),
                "answers of the OSMO service",
                reach -> reach.answer().map(answer -> new Seen(reach.target(), answer)),
                seen -> OsmoAnswers.good(seen.target(), seen.answer()),
                seen -> OsmoAnswers.show(seen.target(), seen.answer()),
                seen -> seen.next(evidence.expectations().workflowNamespace()));
    }

    private record Seen(Target target, Answer answer) {
        String next(String namespace) {
            return answer.answered() || answer.distrusted()
                    ? OsmoAnswers.next(target, answer)
                    : "kubectl -n " + namespace
                            + " get networkpolicies; let them allow DNS and the OSMO service (chart:"
                            + " global.networkPolicy.allowedNamespaces, additionalEgressRules).";
        }
    }
}
