// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.installed.Installed;
import io.osmo.backend.verify.internal.catalogue.installed.OperatorCheck;
import io.osmo.backend.verify.internal.units.Quantities;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;

/** The listener keeps all pods and nodes in memory. */
public final class ListenerMemory extends OperatorCheck {
    private static final long LEAST = 1L << 30;

    public ListenerMemory() {
        super("operator.resources", "a memory limit of 1 GiB or more for the listener", Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return each(
                deployments.stream()
                        .filter(d -> d.runs(Installed.LISTENER)
                                && !Installed.main(d).memoryLimit().isEmpty())
                        .toList(),
                "listeners with a limit",
                d -> Quantities.amount(Installed.main(d).memoryLimit()).orElse(0) >= LEAST,
                d -> Installed.main(d).memoryLimit(),
                "Set services.backendListener.resources.limits.memory of the chart to 2Gi.");
    }
}
