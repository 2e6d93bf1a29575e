// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** CN-4: dedicated nodes are for workflows. DaemonSets are exempt. */
public final class ComputeIsolation extends AbstractCheck {

    public ComputeIsolation() {
        super(
                "pool.compute.isolation",
                "no system or operator workload on tainted compute nodes",
                Requirement.CN_4,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.computeNodes(),
                nodes -> given(evidence.snapshot().core().pods(), pods -> {
                    Set<String> dedicated = nodes.stream()
                            .filter(Pools::tainted)
                            .map(NodeFacts::name)
                            .collect(Collectors.toSet());
                    if (dedicated.isEmpty()) {
                        return skipped("no tainted compute nodes");
                    }
                    Set<String> system =
                            Set.of("kube-system", evidence.expectations().operatorNamespace());
                    List<PodFacts> strays = pods.stream()
                            .filter(p -> p.active() && !p.nodeBound())
                            .filter(p -> system.contains(p.namespace()) && dedicated.contains(p.node()))
                            .toList();
                    return strays.isEmpty()
                            ? pass("none on " + dedicated.size() + " tainted nodes")
                            : breach(
                                            strays.size() + " system or operator pods",
                                            "Remove the toleration from these workloads, or give them a nodeSelector.")
                                    .about(strays);
                }));
    }
}
