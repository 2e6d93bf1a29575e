// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** CN-1: {@code MACHINE-nvidia-t4} in OSMO's guide is a machine type with an accelerator attached, not a type of its own. */
public final class ComputeAcceleratorMapping extends AbstractCheck {
    private static final String ATTACHED = "nvidia";

    public ComputeAcceleratorMapping() {
        super(
                "pool.compute.accelerator-mapping",
                "an accelerator attached where the spec names one in the instance type",
                Requirement.CN_1,
                Severity.ERROR,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        List<Expectations.Pool> wanted = evidence.expectations().pools().stream()
                .filter(pool -> pool.instanceTypes().stream().anyMatch(type -> type.contains(ATTACHED)))
                .toList();
        return given(evidence.pools(), pools -> {
            List<CloudFacts.Pool> theirs = pools.stream()
                    .filter(pool ->
                            wanted.stream().anyMatch(w -> pool.specPool().equals(Optional.of(w.name()))))
                    .toList();
            Set<String> without = theirs.stream()
                    .filter(pool ->
                            pool.machine().known().filter(m -> m.gpus() == 0).isPresent())
                    .flatMap(pool -> pool.specPool().stream())
                    .collect(Collectors.toSet());
            List<String> unknown = theirs.stream()
                    .filter(pool -> pool.machine().known().isEmpty())
                    .map(CloudFacts.Pool::name)
                    .toList();
            if (without.isEmpty() && !unknown.isEmpty()) {
                return unknown("the machines of " + String.join(", ", unknown) + " are not known");
            }
            return each(
                    wanted,
                    "pools with an accelerator in the instance type",
                    pool -> !without.contains(pool.name()),
                    pool -> pool.name() + ": no accelerator for " + pool.instanceTypes(),
                    CloudServices.remedy(evidence.snapshot(), Remedy.ATTACH_ACCELERATOR));
        });
    }
}
