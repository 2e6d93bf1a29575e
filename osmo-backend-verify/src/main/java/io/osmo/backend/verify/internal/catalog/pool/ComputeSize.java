// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.Vantage;

/** CN-1: the size that OSMO's examples use; few workflows fit on less. */
public final class ComputeSize extends AbstractCheck {

    public ComputeSize() {
        super(
                "pool.compute.size",
                "8 vCPU or more on each compute node without GPUs",
                Requirement.CN_1,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.computeNodes(),
                nodes -> each(
                        nodes.stream().filter(n -> !evidence.isGpu(n)).toList(),
                        "compute nodes without GPUs",
                        n -> Quantities.millis(n.capacity().getOrDefault("cpu", ""))
                                        .orElse(0)
                                >= 8000,
                        n -> n.capacity().getOrDefault("cpu", "no") + " vCPU",
                        "Give the pool machines of 8 vCPU or more"
                                + CloudServices.of(evidence.snapshot())
                                        .machines()
                                        .suchAs(8) + "."));
    }
}
