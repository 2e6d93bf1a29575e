// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.units;

import io.osmo.backend.cluster.CloudFacts.Pool;
import io.osmo.backend.cluster.CloudFacts.Quota;
import io.osmo.backend.verify.snapshot.Expectations;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How much of a quota pools take on the way to their upper bounds. Where the cloud's pools are one pool of the spec, split by
 * zone, the bound is that of the spec: together they grow to that and no further.
 */
public final class QuotaDemand {
    private final Collection<List<Pool>> pools;
    private final Map<String, Expectations.Pool> expected;

    public QuotaDemand(List<Pool> pools, List<Expectations.Pool> expected) {
        this.pools = pools.stream()
                .collect(Collectors.groupingBy(pool -> pool.specPool().orElse("/" + pool.name())))
                .values();
        this.expected = expected.stream()
                .collect(Collectors.toMap(Expectations.Pool::name, Function.identity(), (one, other) -> one));
    }

    /** What is wanted of it beyond what the pools have now, never negative. */
    public long of(Quota quota) {
        return pools.stream().mapToLong(group -> of(quota, group)).sum();
    }

    private long of(Quota quota, List<Pool> group) {
        List<Pool> drawing = group.stream()
                .filter(pool -> quota.perMachine().containsKey(pool.name()))
                .toList();
        long perMachine = drawing.stream()
                .mapToLong(pool -> quota.perMachine().get(pool.name()))
                .max()
                .orElse(0);
        long growth = drawing.stream()
                .mapToLong(pool -> Math.max(0, pool.scale().max() - pool.scale().initial()))
                .sum();
        long now = group.stream().mapToLong(pool -> pool.scale().initial()).sum();
        long bound = group.get(0)
                .specPool()
                .map(expected::get)
                .map(pool -> Math.max(0, pool.scale().max() - now))
                .orElse(growth);
        return perMachine * Math.min(growth, bound);
    }

    /** What is left of it, as far as that is known: all that is not known to be used. */
    public long free(Quota quota) {
        return quota.limit().known().orElse(Long.MAX_VALUE)
                - quota.used().known().orElse(0L);
    }

    /** Whether more is wanted than can be left. */
    public boolean exceeds(Quota quota) {
        return of(quota) > free(quota);
    }
}
