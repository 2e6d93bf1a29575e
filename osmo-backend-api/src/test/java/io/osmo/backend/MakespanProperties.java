// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.fake.FakeResource;
import io.osmo.backend.fake.World;
import io.osmo.backend.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Waiting must not cost: the engine stays within 5 % of what the graph allows. */
class MakespanProperties {
    @Property(tries = 60)
    void the_makespan_of_a_random_graph_is_within_five_percent_of_its_critical_path(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        Random random = new Random(seed);
        try (World world = new World(seed)) {
            List<FakeResource> graph = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                List<String> after = new ArrayList<>();
                for (int j = 0; j < i; j++) {
                    if (random.nextInt(size) < 3) {
                        after.add("thing/" + j);
                    }
                }
                graph.add(world.resource("thing/" + i, 20 + random.nextInt(900), after.toArray(String[]::new)));
            }
            world.provider.want(graph);
            Plan plan = world.osmo.plan(World.spec());
            // What no engine can save: one read before, and the answer to each call along the chain.
            Duration critical = plan.estimatedDuration()
                    .plus(world.time.latency().multipliedBy(plan.criticalPath().size() + 1L));

            Instant begin = world.time.now();
            world.osmo.apply(plan);
            Duration makespan = Duration.between(begin, world.time.now());

            assertThat((double) makespan.toMillis() / critical.toMillis()).isLessThanOrEqualTo(1.05);
            assertThat(world.standing()).hasSize(size);

            world.osmo.apply(world.osmo.planDestroy(World.ref()));
            assertThat(world.standing()).isEmpty();
        }
    }

    @Property(tries = 20)
    void waiting_does_not_flood_the_cloud_with_calls(@ForAll long seed) {
        try (World world = new World(seed)) {
            world.provider.want(List.of(world.resource("cluster/main", 600)));
            world.osmo.apply(world.osmo.plan(World.spec()));
            assertThat(world.cloud.calls()).isLessThan(80);
        }
    }
}
