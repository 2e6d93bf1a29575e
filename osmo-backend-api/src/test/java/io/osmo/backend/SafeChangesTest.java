// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.error.DisruptionNotAllowedException;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.event.Event;
import io.osmo.backend.fake.FakeResource;
import io.osmo.backend.fake.World;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replacement, disruption, guards and identity, on the fake cloud. */
class SafeChangesTest {
    private final World world = new World();
    private final List<Event> events = new ArrayList<>();

    @BeforeEach
    void applyASmallBackend() {
        world.provider.want(pools(
                world.resource("pool/a", 60).in("a"),
                world.resource("pool/b", 60).in("b")));
        world.osmo.apply(plan());
        world.cloud.log.clear();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<FakeResource> pools(FakeResource... pools) {
        List<FakeResource> all = new ArrayList<>();
        all.add(world.resource("key/main", 1));
        all.add(world.resource("cluster/main", 600, "key/main"));
        for (FakeResource pool : pools) {
            all.add(new FakeResource(
                    pool.cloud(),
                    pool.id(),
                    java.util.Set.of(ResourceId.parse("cluster/main")),
                    pool.fields(),
                    pool.takes(),
                    pool.pool(),
                    pool.replaces()));
        }
        return all;
    }

    private FakeResource successor(String pool) {
        return world.resource("pool/" + pool + "-2", 60).in(pool).replacing("pool/" + pool);
    }

    private Plan plan() {
        return world.osmo.plan(World.spec());
    }

    private static Change change(Plan plan, String id) {
        return plan.changes().stream()
                .filter(c -> c.resource().toString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<String> effects() {
        return world.cloud.log.stream()
                .filter(entry ->
                        entry.startsWith("create ") || entry.startsWith("delete ") || entry.startsWith("drain "))
                .toList();
    }

    @Test
    void a_pool_is_replaced_by_creating_the_new_one_draining_and_deleting_the_old_one() {
        world.provider.busy.add(ResourceId.parse("pool/a"));
        world.provider.want(pools(successor("a"), world.resource("pool/b", 60).in("b")));

        Plan plan = plan();
        assertThat(plan.disruption()).isEqualTo(Disruption.ROLLING);
        assertThat(change(plan, "pool/a").reason()).isEqualTo("is replaced by pool/a-2");
        assertThat(change(plan, "drain/a").after()).containsExactly(ResourceId.parse("pool/a-2"));
        world.osmo.apply(plan);

        assertThat(effects()).containsExactly("create pool/a-2", "drain pool/a", "delete pool/a");
        assertThat(world.provider.drains).contains("pool/a within PT1H").noneMatch(d -> d.contains("ends work"));
        assertThat(plan().isEmpty()).isTrue();
    }

    /** An autoscaler may add a node at any time, so its work is looked for again before the pool goes. */
    @Test
    void a_pool_without_nodes_goes_without_disruption_unless_work_comes_meanwhile() {
        FakeResource b = world.resource("pool/b", 60).in("b");
        world.provider.want(pools(world.resource("pool/a", 60).in("a").with("nodes", "0"), b));
        world.osmo.apply(plan());
        world.provider.want(pools(b));
        world.cloud.log.clear();

        Plan plan = plan();
        assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
        assertThat(change(plan, "drain/a").reason())
                .isEqualTo("there are no nodes, which is looked at again before pool/a is deleted");
        world.provider.busy.add(ResourceId.parse("pool/a"));
        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(() -> world.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.DATA)))
                .withMessageContaining(
                        "drain/a would do more to running work: OUTAGE; the plan says that there is none");
        assertThat(effects()).isEmpty();

        world.provider.busy.clear();
        world.osmo.apply(plan(), ApplyOptions.defaults().allow(Disruption.NONE));
        assertThat(effects()).containsExactly("delete pool/a");
    }

    @Test
    void the_plan_says_why_a_pool_is_replaced_where_it_is_created_and_where_it_is_deleted() {
        FakeResource b = world.resource("pool/b", 60).in("b");
        world.provider.want(pools(world.resource("pool/c", 60).in("c").with("bornType", "small"), successor("a"), b));
        world.osmo.apply(plan());
        world.provider.want(pools(
                successor("c").with("bornType", "large").with("labels", "new"),
                world.resource("pool/a-2", 60).in("a"),
                b));

        Plan plan = plan();

        assertThat(plan.toString()).contains("""
                Create
                  + pool/c-2  pool c-2
                      replaces pool/c because bornType cannot be changed in place
                      bornType: small -> large
                """, """
                Delete
                  - pool/c  pool c
                      is replaced by pool/c-2 because bornType cannot be changed in place
                      bornType: small -> large
                """);
        assertThat(plan.toJson().split("\"field\" : \"bornType\"", -1)).hasSize(3);
        assertThat(plan.toHtml().split("<code>bornType: small -&gt; large</code>", -1))
                .hasSize(3);
        assertThat(world.osmo.apply(Plan.fromJson(plan.toJson()))).isNotNull();
        assertThat(plan().isEmpty()).isTrue();
    }

    @Test
    void the_plan_says_that_a_pool_is_replaced_because_it_has_failed() {
        world.cloud.doomed.add(ResourceId.parse("pool/a"));
        world.provider.want(pools(successor("a"), world.resource("pool/b", 60).in("b")));

        Plan plan = plan();

        assertThat(change(plan, "pool/a-2").reason())
                .isEqualTo("replaces pool/a because the old one has failed: out of stock");
        assertThat(change(plan, "pool/a").reason())
                .isEqualTo("is replaced by pool/a-2 because the old one has failed: out of stock");
    }

    @Test
    void a_new_pool_that_cannot_be_had_costs_the_old_one_nothing() {
        world.provider.want(pools(successor("a"), world.resource("pool/b", 60).in("b")));
        world.cloud.refused.add(ResourceId.parse("pool/a-2"));

        assertThatExceptionOfType(PartialApplyException.class).isThrownBy(() -> world.osmo.apply(plan()));

        assertThat(effects()).containsExactly("create pool/a-2");
        assertThat(world.standing()).containsKey(ResourceId.parse("pool/a"));
    }

    @Test
    void a_pool_whose_work_does_not_go_stays() {
        world.provider.want(pools(
                world.resource("pool/stubborn", 60).in("a"),
                world.resource("pool/b", 60).in("b")));
        world.osmo.apply(plan(), ApplyOptions.defaults().allow(Disruption.OUTAGE));
        world.provider.busy.add(ResourceId.parse("pool/stubborn"));
        world.provider.want(
                pools(successor("stubborn"), world.resource("pool/b", 60).in("b")));

        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(() -> world.osmo.apply(plan()))
                .withMessageContaining("drain/stubborn")
                .withMessageContaining("1 pod left");

        assertThat(world.standing())
                .containsKeys(ResourceId.parse("pool/stubborn"), ResourceId.parse("pool/stubborn-2"));
    }

    @Test
    void pools_are_replaced_one_after_another_unless_more_are_asked_for() {
        world.provider.want(pools(successor("a"), successor("b")));
        Plan plan = plan();

        world.osmo.apply(plan);

        assertThat(effects()).containsExactly("create pool/a-2", "delete pool/a", "create pool/b-2", "delete pool/b");
        assertThat(plan.estimatedDuration()).isGreaterThan(Duration.ofMinutes(2));
    }

    @Test
    void two_pools_are_replaced_at_the_same_time_if_that_is_asked_for() {
        world.provider.want(pools(successor("a"), successor("b")));

        world.osmo.apply(plan(), ApplyOptions.defaults().poolsAtOnce(2));

        assertThat(effects().subList(0, 2)).containsExactlyInAnyOrder("create pool/a-2", "create pool/b-2");
    }

    @Test
    void a_pool_that_fails_does_not_keep_the_others_from_their_turn() {
        world.provider.want(pools(successor("a"), successor("b")));
        world.cloud.refused.add(ResourceId.parse("pool/a-2"));

        assertThatExceptionOfType(PartialApplyException.class).isThrownBy(() -> world.osmo.apply(plan()));

        assertThat(world.standing())
                .containsKeys(ResourceId.parse("pool/a"), ResourceId.parse("pool/b-2"))
                .doesNotContainKey(ResourceId.parse("pool/b"));
    }

    @Test
    void removing_a_pool_is_an_outage_that_must_be_allowed() {
        world.provider.want(pools(world.resource("pool/b", 60).in("b")));
        Plan plan = plan();
        assertThat(plan.toString())
                .contains("! outage, its work ends: pool a")
                .contains("  Applied only with ApplyOptions.allow(Disruption.OUTAGE), or --allow outage")
                .contains("Drain: ends or moves to other nodes before pool/a is deleted")
                .contains(": 1 to drain, 1 to delete")
                .doesNotContain("! outage, its work ends: work on");

        assertThatExceptionOfType(DisruptionNotAllowedException.class)
                .isThrownBy(() -> world.osmo.apply(plan))
                .satisfies(e -> assertThat(e.needed()).isEqualTo(Disruption.OUTAGE))
                .withMessageContaining("OUTAGE: pool a is no longer wanted");
        assertThat(effects()).isEmpty();

        world.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.OUTAGE));
        assertThat(world.standing()).doesNotContainKey(ResourceId.parse("pool/a"));
        assertThat(world.provider.drains).contains("pool/a within PT1H, ends work");
    }

    @Test
    void a_pool_is_removed_only_after_the_one_that_is_added_is_ready() {
        world.provider.want(pools(
                world.resource("pool/b", 60).in("b"),
                world.resource("pool/c", 60).in("c")));
        world.cloud.refused.add(ResourceId.parse("pool/c"));

        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(
                        () -> world.osmo.apply(plan(), ApplyOptions.defaults().allow(Disruption.OUTAGE)));

        assertThat(world.standing()).containsKey(ResourceId.parse("pool/a"));
    }

    @Test
    void rolling_changes_of_several_pools_take_turns() {
        world.provider.want(pools(
                world.resource("pool/a", 60).in("a").with("roll", "2"),
                world.resource("pool/b", 60).in("b").with("roll", "2")));
        Plan plan = plan();
        assertThat(plan.disruption()).isEqualTo(Disruption.ROLLING);
        assertThat(change(plan, "pool/b").after()).contains(ResourceId.parse("pool/a"));

        world.osmo.apply(plan, events::add);

        List<String> order = events.stream()
                .filter(e -> e instanceof Event.ResourceStarted || e instanceof Event.ResourceDone)
                .map(e -> e.letter() + " " + ((Event.OfResource) e).resource())
                .toList();
        assertThat(order).containsExactly("s pool/a", "d pool/a", "s pool/b", "d pool/b");
    }

    @Test
    void a_change_that_may_not_be_rolling_is_refused() {
        world.provider.want(pools(
                world.resource("pool/a", 60).in("a").with("roll", "2"),
                world.resource("pool/b", 60).in("b")));

        assertThatExceptionOfType(DisruptionNotAllowedException.class)
                .isThrownBy(
                        () -> world.osmo.apply(plan(), ApplyOptions.defaults().allow(Disruption.NONE)));
    }

    @Test
    void a_change_waits_for_what_comes_before_it_even_if_nothing_in_between_changes() {
        List<FakeResource> wanted = new ArrayList<>(pools(
                world.resource("pool/a", 60).in("a").with("label", "2"),
                world.resource("pool/b", 60).in("b")));
        wanted.replaceAll(r -> r.id().kind().equals("key") ? r.with("state", "enabled") : r);
        world.provider.want(wanted);

        assertThat(change(plan(), "pool/a").after()).containsExactly(ResourceId.parse("key/main"));
        world.osmo.apply(plan());
        assertThat(world.cloud.log).containsSubsequence("update key/main", "update pool/a");
    }

    @Test
    void what_holds_data_is_never_replaced() {
        world.cloud.doomed.add(ResourceId.parse("key/main"));

        assertThatExceptionOfType(UnsupportedChangeException.class)
                .isThrownBy(this::plan)
                .withMessageContaining("key/main has failed: out of stock. Enable the key.");
    }

    @Test
    void guards_are_shown_by_the_plan_and_refuse_it_before_anything_is_changed() {
        world.provider.guards =
                List.of(new Guard("cluster/main", "is protected from deletion", "Turn the protection off."));
        Plan destroy = world.osmo.planDestroy(World.ref());
        assertThat(destroy.guards()).hasSize(1);
        assertThat(destroy.toString())
                .contains("Refused as long as this is so\n  ! cluster/main: is protected from deletion");

        assertThatExceptionOfType(GuardedException.class)
                .isThrownBy(() -> world.osmo.apply(destroy))
                .withMessageContaining("cluster/main: is protected from deletion")
                .satisfies(e -> assertThat(e.remedy()).isEqualTo("Turn the protection off. Nothing was changed."));

        assertThat(effects()).isEmpty();
        assertThat(Plan.fromJson(destroy.toJson())).isEqualTo(destroy);
    }

    @Test
    void a_plan_for_one_account_is_refused_in_another() {
        Plan destroy = world.osmo.planDestroy(World.ref());
        world.provider.account = Optional.of("456");

        assertThatExceptionOfType(StalePlanException.class)
                .isThrownBy(() -> world.osmo.apply(destroy))
                .withMessageContaining("made for account 123; the credentials in use are of account 456");
        assertThat(effects()).isEmpty();
    }

    @Test
    void what_was_added_since_a_plan_to_destroy_is_not_destroyed_with_the_cluster() {
        Plan destroy = world.osmo.planDestroy(World.ref());
        world.cloud.plant(
                ResourceId.parse("namespace/new"),
                java.util.Set.of(ResourceId.parse("cluster/main")),
                Map.of(),
                Duration.ZERO);

        assertThatExceptionOfType(StalePlanException.class)
                .isThrownBy(() -> world.osmo.apply(destroy))
                .withMessageContaining("namespace/new would be deleted with cluster/main");
        assertThat(effects()).isEmpty();

        Plan again = world.osmo.planDestroy(World.ref());
        assertThat(change(again, "cluster/main").takes()).containsExactly(ResourceId.parse("namespace/new"));
    }

    @Test
    void a_backend_is_destroyed_with_the_settings_of_its_spec() {
        BackendSpec spec = World.spec();
        Plan destroy = world.osmo.planDestroy(spec);

        assertThat(destroy.kind()).isEqualTo(Plan.Kind.DESTROY);
        assertThat(destroy.spec()).contains(spec);
        Plan stored = Plan.fromJson(destroy.toJson(), (provider, data, problems) -> Optional.empty());
        assertThat(stored).isEqualTo(destroy);
        world.osmo.apply(stored);
        assertThat(world.standing()).isEmpty();
        assertThat(world.osmo.get(spec)).isEmpty();
        assertThat(world.osmo.leftovers(spec)).isEmpty();
    }
}
