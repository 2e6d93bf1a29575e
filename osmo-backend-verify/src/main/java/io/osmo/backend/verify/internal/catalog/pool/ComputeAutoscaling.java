// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** CN-2: a pool that has a fixed size in the spec is fine. */
public final class ComputeAutoscaling extends AbstractCheck {

    public ComputeAutoscaling() {
        super(
                "pool.compute.autoscaling",
                "compute pools with a maximum above the minimum",
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
                        Pools.compute(pools).stream()
                                .collect(Collectors.groupingBy(
                                        p -> p.specPool().orElse(p.name()), TreeMap::new, Collectors.toList()))
                                .entrySet()
                                .stream()
                                .map(e -> Whole.of(e.getKey(), e.getValue()))
                                .toList(),
                        "compute pools",
                        p -> p.max() > p.min() || fixed.contains(p.name()),
                        p -> Pools.bounds(p.name(), p.min(), p.max()),
                        "Turn autoscaling of the pool on, with a maximum above the minimum."));
    }

    /** A pool of the spec; its bounds may be split among several pools of the cloud. */
    private record Whole(String name, int min, int max) {
        static Whole of(String name, List<CloudFacts.Pool> parts) {
            return new Whole(
                    name,
                    parts.stream().mapToInt(p -> p.scale().min()).sum(),
                    parts.stream().mapToInt(p -> p.scale().max()).sum());
        }

        @Override
        public String toString() {
            return "pool/" + name;
        }
    }
}
