// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** CN-4: all taints that the spec asks for. */
public final class ComputeTaint extends AbstractCheck {

    public ComputeTaint() {
        super(
                "pool.compute.taint",
                "the taints of the spec on each compute node",
                Requirement.CN_4,
                Severity.INFO,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.computeNodes(),
                nodes -> each(
                        nodes.stream()
                                .filter(n -> evidence.expected(n)
                                        .filter(p -> !p.taints().isEmpty())
                                        .isPresent())
                                .toList(),
                        "compute nodes with taints in the spec",
                        n -> n.taints()
                                .containsAll(evidence.expected(n).orElseThrow().taints()),
                        n -> "taints " + n.taints() + " in pool " + n.pool().orElse("(none)"),
                        "Apply the spec again. Each taint needs a toleration in one of OSMO's platforms."));
    }
}
