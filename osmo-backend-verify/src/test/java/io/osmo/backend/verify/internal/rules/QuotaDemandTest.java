// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.CloudFacts.Pool;
import io.osmo.backend.cluster.CloudFacts.Quota;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuotaDemandTest {
    private static final Fact<List<NodeFacts>> NO_NODES = Fact.unknown("not looked at");

    @Property
    void a_single_pool_needs_what_it_lacks_to_its_maximum(
            @ForAll @IntRange(min = 1, max = 1000) int max,
            @ForAll @IntRange(max = 1000) int size,
            @ForAll @LongRange(max = 192) long perMachine) {
        QuotaDemand demand = new QuotaDemand(List.of(pool("a", "", max, size)), List.of(), NO_NODES);

        assertThat(demand.machines()).isEqualTo(Math.max(0, max - size));
        assertThat(demand.of(quota(Map.of("a", perMachine)))).isEqualTo(Math.max(0, max - size) * perMachine);
    }

    @Property
    void a_pool_needs_nothing_of_a_quota_that_it_does_not_use(@ForAll @IntRange(min = 1, max = 1000) int max) {
        QuotaDemand demand = new QuotaDemand(List.of(pool("a", "", max, 0)), List.of(), NO_NODES);

        assertThat(demand.of(quota(Map.of("b", 8L)))).isZero();
    }

    /** Each part may grow to the bound of the whole, all together no further than that. */
    @Property
    void parts_of_a_pool_need_as_much_as_the_whole(
            @ForAll @IntRange(min = 1, max = 100) int bound,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 30) Integer> sizes) {
        List<Pool> parts = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            parts.add(pool("gpu-" + i, "gpu", bound, sizes.get(i)));
        }
        int now = sizes.stream().mapToInt(Integer::intValue).sum();

        assertThat(new QuotaDemand(parts, List.of(expected("gpu", bound)), NO_NODES).machines())
                .isEqualTo(Math.max(0, bound - now));
    }

    @Property
    void more_pools_and_higher_maximums_never_need_less(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 50) Integer> bounds,
            @ForAll @IntRange(max = 20) int more) {
        List<Pool> pools = pools(bounds, 0);
        Quota quota = quota(Map.of("p0", 4L, "p1", 8L, "p2", 16L, "p3", 96L, "p4", 192L));
        long all = demand(pools).of(quota);

        assertThat(demand(pools(bounds, more)).of(quota)).isGreaterThanOrEqualTo(all);
        assertThat(demand(pools.subList(1, pools.size())).of(quota)).isLessThanOrEqualTo(all);
        assertThat(all).isNotNegative();
    }

    @Property
    void the_number_of_nodes_counts_not_the_wanted_size(
            @ForAll @IntRange(max = 20) int nodes, @ForAll @IntRange(max = 20) int atFirst) {
        Fact<List<NodeFacts>> running =
                Fact.of(IntStream.range(0, nodes).mapToObj(i -> node("a")).toList());

        assertThat(new QuotaDemand(List.of(pool("a", "", 20, atFirst)), List.of(), running).machines())
                .isEqualTo(20 - nodes);
    }

    @Property
    void a_quota_is_exceeded_if_more_is_needed_than_is_left(
            @ForAll @LongRange(max = 500) long limit, @ForAll @LongRange(max = 500) long used) {
        QuotaDemand demand = new QuotaDemand(List.of(pool("a", "", 10, 0)), List.of(), NO_NODES);

        assertThat(demand.exceeds(quota(Fact.of(limit), Fact.of(used)))).isEqualTo(limit - used < 40);
        assertThat(demand.exceeds(quota(Fact.of(limit), Fact.unknown("403")))).isEqualTo(limit < 40);
        assertThat(demand.exceeds(quota(Fact.unknown("403"), Fact.of(used)))).isFalse();
    }

    @Test
    void pools_without_a_spec_are_counted_one_by_one() {
        assertThat(new QuotaDemand(
                                List.of(pool("a", "", 5, 0), pool("b", "", 5, 0)), List.of(expected("a", 1)), NO_NODES)
                        .machines())
                .isEqualTo(10);
    }

    private static QuotaDemand demand(List<Pool> pools) {
        return new QuotaDemand(pools, List.of(), NO_NODES);
    }

    private static List<Pool> pools(List<Integer> bounds, int more) {
        return IntStream.range(0, bounds.size())
                .mapToObj(i -> pool("p" + i, "", bounds.get(i) + more, 0))
                .toList();
    }

    private static Pool pool(String name, String specPool, int max, int size) {
        return new Pool(
                name,
                Optional.of(specPool).filter(known -> !known.isEmpty()),
                "ACTIVE",
                List.of(),
                List.of(),
                Fact.unknown("not looked at"),
                Fact.unknown("not looked at"),
                new Scale(0, max, size),
                Map.of(),
                List.of(),
                Fact.of(100),
                Fact.of(true),
                Fact.of(List.of()),
                "1.35",
                "",
                false,
                Fact.of(GpuStack.ofOperator()),
                Fact.unknown("not read"));
    }

    private static Expectations.Pool expected(String name, int max) {
        return new Expectations.Pool(
                name, PoolRole.GPU, List.of(), new Scale(0, max, 0), Map.of(), List.of(), List.of());
    }

    private static Quota quota(Map<String, Long> perMachine) {
        return new Quota("vCPUs", Fact.of(100L), Fact.of(0L), perMachine);
    }

    private static Quota quota(Fact<Long> limit, Fact<Long> used) {
        return new Quota("vCPUs", limit, used, Map.of("a", 4L));
    }

    private static NodeFacts node(String pool) {
        return new NodeFacts(
                "n",
                Map.of("eks.amazonaws.com/nodegroup", pool),
                List.of(),
                false,
                "",
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                "",
                "",
                "",
                "",
                Fact.of(List.of()));
    }
}
