// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import io.osmo.backend.cluster.CloudFacts.Pool;
import io.osmo.backend.cluster.CloudFacts.Quota;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What pools need to grow to their maximum size: machines, and so quota and addresses. Where a pool of the spec is split by zone into
 * several pools of the cloud, together they grow to the maximum of the spec.
 */
public final class QuotaDemand {
    private final Collection<List<Pool>> pools;
    private final Map<String, Expectations.Pool> expected;
    private final Optional<Map<String, Long>> running;

    /**
     * @param nodes the nodes, for the current size of each pool; without them, the size that the cloud reports is used, which on some
     *     clouds is the size at the pool's creation
     */
    public QuotaDemand(List<Pool> pools, List<Expectations.Pool> expected, Fact<List<NodeFacts>> nodes) {
        this.pools = pools.stream()
                .collect(Collectors.groupingBy(pool -> pool.specPool().orElse("/" + pool.name())))
                .values();
        this.expected = expected.stream()
                .collect(Collectors.toMap(Expectations.Pool::name, Function.identity(), (one, other) -> one));
        this.running = nodes.known()
                .map(all -> all.stream()
                        .flatMap(node -> node.pool().stream())
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }

    /** How many machines all pools together may still add, never negative. */
    public long machines() {
        return pools.stream().mapToLong(group -> growth(group, group)).sum();
    }

    /** How much of a quota the pools need in addition to what they use now, never negative. */
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
        return perMachine * growth(group, drawing);
    }

    /** How many machines some pools of a group may still add. */
    private long growth(List<Pool> group, List<Pool> some) {
        long growth = some.stream()
                .mapToLong(pool -> Math.max(0, pool.scale().max() - size(pool)))
                .sum();
        long now = group.stream().mapToLong(this::size).sum();
        return group.get(0)
                .specPool()
                .map(expected::get)
                .map(pool -> Math.min(growth, Math.max(0, pool.scale().max() - now)))
                .orElse(growth);
    }

    private long size(Pool pool) {
        return running.map(nodes -> nodes.getOrDefault(pool.name(), 0L))
                .orElse((long) pool.scale().initial());
    }

    /** How much of a quota is left; unknown usage counts as zero. */
    public long free(Quota quota) {
        return quota.limit().known().orElse(Long.MAX_VALUE)
                - quota.used().known().orElse(0L);
    }

    /** Whether more is needed than is left. */
    public boolean exceeds(Quota quota) {
        return of(quota) > free(quota);
    }
}
