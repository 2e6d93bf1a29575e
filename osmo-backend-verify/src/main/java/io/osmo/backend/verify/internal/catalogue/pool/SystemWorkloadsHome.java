// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;

/** A cluster in which all pools are tainted has nowhere to run its own DNS. */
public final class SystemWorkloadsHome extends AbstractCheck {
    private static final Set<String> SYSTEM = Set.of("kube-system", "kai-scheduler", "gpu-operator");

    public SystemWorkloadsHome() {
        super("pool.system-workloads-home", "no system pod that fits nowhere", Severity.ERROR, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.snapshot().pods(), pods -> {
            List<PodFacts> homeless = pods.stream()
                    .filter(p ->
                            SYSTEM.contains(p.namespace()) && !p.unschedulable().isEmpty())
                    .toList();
            return homeless.isEmpty()
                    ? pass("none")
                    : breach(
                                    homeless.get(0).unschedulable(),
                                    "Leave one pool untainted, or give these workloads the tolerations of a pool.")
                            .about(homeless);
        });
    }
}
