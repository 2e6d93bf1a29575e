// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** CN-1. */
public final class GpuPoolExists extends AbstractCheck {

    public GpuPoolExists() {
        super(
                "gpu.pool-exists",
                "a pool with GPUs for each GPU pool of the spec",
                Requirement.CN_1,
                Severity.ERROR,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        List<Expectations.Pool> wanted = evidence.expectations().pools(PoolRole.GPU);
        return given(evidence.pools(), pools -> {
            Set<String> standing = pools.stream()
                    .filter(p -> p.machine().known().map(m -> m.gpus() > 0).orElse(true))
                    .flatMap(p -> p.specPool().stream())
                    .collect(Collectors.toSet());
            return each(
                    wanted,
                    "GPU pools in the spec",
                    p -> standing.contains(p.name()),
                    p -> p.name() + " is missing or has no GPUs",
                    "Apply the spec again; see what the cloud reports about capacity and quota.");
        });
    }
}
