// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Set;
import java.util.stream.Collectors;

/** CN-2: a pool whose spec fixes its size is as wanted. */
public final class ComputeAutoscaling extends AbstractCheck {

    public ComputeAutoscaling() {
        super(
                "pool.compute.autoscaling",
                "compute pools whose upper bound is above the lower one",
                Requirement.CN_2,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        Set<String> fixed = evidence.expectations().pools().stream()
                .filter(p -> p.scale().min() == p.scale().max())
                .map(Expectations.Pool::name)
                .collect(Collectors.toSet());
        return given(
                evidence.pools(),
                pools -> each(
                        Pools.compute(pools),
                        "compute pools",
                        p -> p.scale().max() > p.scale().min()
                                || p.specPool().filter(fixed::contains).isPresent(),
                        Pools::bounds,
                        "Raise the upper bound of the pool."));
    }
}
