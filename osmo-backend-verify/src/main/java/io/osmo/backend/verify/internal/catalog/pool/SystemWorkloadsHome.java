// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;

/**
 * If all pools are tainted, a cluster cannot run its own DNS. A pod that waits for room or for another node is only a warning: nothing
 * is broken yet.
 */
public final class SystemWorkloadsHome extends AbstractCheck {
    /** What the scheduler's other plugins say; each message is about some of the nodes. */
    private static final List<String> OTHER_REASONS =
            List.of("Insufficient ", "Too many pods", "didn't match", "didn't satisfy", "didn't have free ports");

    private static final Set<String> SYSTEM = Set.of("kube-system", "kai-scheduler", "gpu-operator");

    public SystemWorkloadsHome() {
        super(
                "pool.system-workloads-home",
                "no system pod that the taints of every pool keep away",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.snapshot().core().pods(), pods -> {
            List<PodFacts> homeless = pods.stream()
                    .filter(p ->
                            SYSTEM.contains(p.namespace()) && !p.unschedulable().isEmpty())
                    .toList();
            List<PodFacts> banned =
                    homeless.stream().filter(SystemWorkloadsHome::banned).toList();
            if (!banned.isEmpty()) {
                return breach(
                                banned.get(0).unschedulable(),
                                "Leave one pool without a taint, or give these workloads the tolerations of a pool.")
                        .about(banned);
            }
            if (homeless.isEmpty()) {
                return pass("no system pod waits for a node");
            }
            PodFacts first = homeless.get(0);
            return breach(
                            Severity.WARNING,
                            first.unschedulable(),
                            "kubectl -n " + first.namespace() + " describe pod " + first.name()
                                    + "; then free resources, or add a node")
                    .about(homeless);
        });
    }

    /** Whether the scheduler names taints as the reason, and nothing else. */
    private static boolean banned(PodFacts pod) {
        return pod.unschedulable().contains("taint") && OTHER_REASONS.stream().noneMatch(pod.unschedulable()::contains);
    }
}
