// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** CN-1. */
public final class PoolExists extends AbstractCheck {

    public PoolExists() {
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
            for (Expectations.Pool pool : wanted) {
                if (existing(pool, pools).noneMatch(p -> gpus(p).orElse(0) > 0)) {
                    Optional<String> unread = existing(pool, pools)
                            .flatMap(p -> p.machine() instanceof Fact.Unknown<CloudFacts.Machine> unknown
                                    ? Stream.of(unknown.reason())
                                    : Stream.empty())
                            .findFirst();
                    if (unread.isPresent()) {
                        return unknown(unread.get());
                    }
                }
            }
            return each(
                    wanted,
                    "GPU pools in the spec",
                    pool -> existing(pool, pools).anyMatch(p -> gpus(p).orElse(0) > 0),
                    pool -> pool.name()
                            + (existing(pool, pools).findAny().isPresent() ? " has no GPUs" : " is missing"),
                    "Apply the spec again; see what the cloud reports about capacity and quota.");
        });
    }

    private static Stream<CloudFacts.Pool> existing(Expectations.Pool wanted, List<CloudFacts.Pool> pools) {
        return pools.stream().filter(p -> p.specPool().equals(Optional.of(wanted.name())));
    }

    private static Optional<Integer> gpus(CloudFacts.Pool pool) {
        return pool.machine().known().map(CloudFacts.Machine::gpus);
    }
}
