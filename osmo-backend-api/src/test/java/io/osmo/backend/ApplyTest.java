// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.event.Event;
import io.osmo.backend.fake.FakeResource;
import io.osmo.backend.fake.Fault;
import io.osmo.backend.fake.World;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spec.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Plans and applies of a small backend. */
class ApplyTest extends SmallBackend {
    @Test
    void creates_everything_and_then_has_nothing_to_do() {
        Backend backend = apply();

        assertThat(backend.ref()).isEqualTo(World.ref());
        assertThat(world.standing()).hasSize(8);
        assertThat(world.cloud.log.stream().filter(l -> l.startsWith("create"))).hasSize(8);
        assertThat(plan().isEmpty()).isTrue();
        assertThat(plan()).hasToString("Backend fake/here/train in account 123 is up to date: nothing to do.\n");
        assertThat(world.osmo.list("fake", "here")).containsExactly(World.ref());
        assertThat(world.osmo.get(World.ref())).isPresent();
    }

    @Test
    void a_plan_without_changes_costs_one_round_trip() {
        apply();
        var before = world.time.now();
        plan();
        assertThat(world.time.depthSince(before)).isEqualTo(1);
    }

    @Test
    void changes_fields_in_place_one_call_at_a_time() {
        apply();
        world.provider.want(smallWith("pool/cpu", r -> r.with("size", "5").with("label", "y")));
        Plan plan = plan();
        assertThat(actions(plan)).containsExactly(Map.entry("pool/cpu", Action.UPDATE));
        assertThat(plan.changes().get(0).fields()).hasSize(2);

        world.osmo.apply(plan);

        assertThat(world.standing().get(ResourceId.of("pool", "cpu")))
                .containsEntry("size", "5")
                .containsEntry("label", "y");
        assertThat(world.cloud.log.stream().filter(l -> l.startsWith("update"))).hasSize(2);
    }

    @Test
    void a_call_that_is_throttled_for_minutes_is_repeated_ever_less_often() {
        apply();
        world.provider.want(smallWith("pool/cpu", r -> r.with("size", "5")));
        Plan plan = plan();
        world.cloud.throttle("update", Duration.ofMinutes(5));

        world.osmo.apply(plan);

        assertThat(world.standing().get(ResourceId.of("pool", "cpu"))).containsEntry("size", "5");
        assertThat(world.cloud.log.stream().filter(l -> l.startsWith("update"))).hasSizeBetween(10, 25);
    }

    @Test
    void replaces_by_deleting_first() {
        apply();
        world.provider.want(smallWith("addon/dns", r -> r.with("born", "new")));
        assertThat(actions(plan())).containsExactly(Map.entry("addon/dns", Action.REPLACE));
        world.cloud.log.clear();

        events.clear();
        apply();

        assertThat(world.cloud.log).containsSubsequence("delete addon/dns", "create addon/dns");
        assertThat(plan().isEmpty()).isTrue();
        EventGrammar.requireWellFormed(events);
    }

    @Test
    void refuses_a_change_that_the_cloud_cannot_make_and_names_all_of_them() {
        apply();
        world.provider.want(world.small().stream()
                .map(r -> r.id().kind().equals("subnet") ? r.with("stuck", "10.1") : r)
                .toList());
        assertThatExceptionOfType(UnsupportedChangeException.class)
                .isThrownBy(this::plan)
                .satisfies(e -> assertThat(e.changes())
                        .containsExactly("subnet/a stuck:  -> 10.1", "subnet/b stuck:  -> 10.1"));
    }

    /** The host can only edit its spec, and one field of it may decide about many resources. */
    @Test
    void refuses_a_change_of_a_fixed_field_of_the_spec_once_and_by_its_path() {
        apply();
        world.provider.want(world.small().stream()
                .map(r -> r.id().kind().equals("subnet") ? r.with("fixed", "10.1") : r)
                .toList());
        assertThatExceptionOfType(UnsupportedChangeException.class)
                .isThrownBy(this::plan)
                .satisfies(e -> {
                    assertThat(e.changes()).containsExactly("spec.fixed:  -> 10.1 (subnet/a)");
                    assertThat(e.remedy()).startsWith("Set the fields of the spec back to their current values");
                });
    }

    @Test
    void refuses_names_that_somebody_else_has_taken_and_names_all_of_them() {
        for (ResourceId id : List.of(ResourceId.of("vpc", "main"), ResourceId.of("subnet", "a"))) {
            world.cloud.plant(id, Set.of(), Map.of(), Duration.ZERO);
            world.cloud.foreign.add(id);
        }
        assertThatExceptionOfType(OwnershipConflictException.class)
                .isThrownBy(this::plan)
                .satisfies(e -> assertThat(e.conflicts()).hasSize(2));
        assertThat(world.cloud.log).containsExactly("list");
    }

    @Test
    void deletes_what_is_no_longer_wanted() {
        apply();
        world.provider.want(world.small().stream()
                .filter(r -> !r.id().toString().equals("pool/gpu"))
                .toList());
        assertThat(actions(plan()))
                .containsOnly(Map.entry("drain/gpu", Action.DELETE), Map.entry("pool/gpu", Action.DELETE));
        world.osmo.apply(plan(), ApplyOptions.defaults().allow(Disruption.OUTAGE));
        assertThat(world.standing()).hasSize(7);
    }

    @Test
    void adopts_what_an_earlier_apply_has_begun() {
        world.cloud.plant(ResourceId.of("vpc", "main"), Set.of(), Map.of(), Duration.ofSeconds(30));
        Plan plan = plan();
        assertThat(actions(plan)).containsEntry("vpc/main", Action.WAIT);
        world.osmo.apply(plan);
        assertThat(world.standing()).hasSize(8);
        assertThat(world.cloud.log).doesNotContain("create vpc/main");
    }

    @Test
    void destroys_in_reverse_order_and_reads_that_nothing_is_left() {
        apply();
        world.cloud.log.clear();
        Plan plan = world.osmo.planDestroy(World.ref());
        assertThat(plan.kind()).isEqualTo(Plan.Kind.DESTROY);

        events.clear();
        Backend gone = world.osmo.apply(plan, events::add);

        assertThat(world.standing()).isEmpty();
        assertThat(gone.leftovers()).isEmpty();
        assertThat(world.cloud.log)
                .containsSubsequence(
                        "delete addon/dns",
                        "delete pool/cpu",
                        "delete cluster/main",
                        "delete subnet/a",
                        "delete vpc/main");
        assertThat(world.osmo.get(World.ref())).isEmpty();
        assertThat(world.osmo.planDestroy(World.ref()).isEmpty()).isTrue();
        EventGrammar.requireWellFormed(events);
    }

    @Test
    void what_changes_at_each_read_is_deleted_at_the_pace_of_its_polls_and_no_longer_than_its_deadline() {
        apply();
        world.cloud.restless.add(ResourceId.of("pool", "gpu"));
        Plan destroy = world.osmo.planDestroy(World.ref());
        world.cloud.log.clear();

        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(() -> world.osmo.apply(destroy))
                .withMessageContaining("pool/gpu was not gone within PT1H");

        // An hour, and a poll each 15 s give or take a quarter; each deletion is looked after at once.
        assertThat(world.cloud.log.stream().filter("delete pool/gpu"::equals)).hasSizeBetween(2, 320);
        assertThat(world.cloud.log.stream().filter("describe pool/gpu"::equals)).hasSizeLessThan(640);
    }

    @Test
    void where_there_is_no_spec_the_settings_of_the_entry_point_count() {
        ProviderSettings inSpec = new FakeSettings("in the spec");
        ProviderSettings ofHost = new FakeSettings("of the host");
        ProviderSettings ofAnotherCloud = new FakeSettings("of another cloud", "other");
        try (OsmoBackends osmo = OsmoBackends.builder()
                .provider(world.provider)
                .scheduler(world.time)
                .settings(new FakeSettings("overridden"))
                .settings(ofHost)
                .settings(ofAnotherCloud)
                .build()) {
            osmo.apply(osmo.plan(World.spec().toBuilder().settings(inSpec).build()));
            osmo.get(World.ref());
            osmo.list("fake", "here");
            osmo.apply(osmo.planDestroy(World.ref()));

            assertThat(world.standing()).isEmpty();
            assertThat(world.provider.opened).containsExactly(Optional.of(inSpec), Optional.of(ofHost));
        }
    }

    @Test
    void a_plan_says_what_the_provider_warns_of() {
        world.provider.warnings = List.of("The pool has no spare zone.");

        assertThat(plan().warnings()).isEqualTo(world.provider.warnings);
        assertThat(world.osmo.planDestroy(World.ref()).toString()).contains("! The pool has no spare zone.");
    }

    @Test
    void a_stale_plan_is_refused_before_anything_is_changed() {
        Plan before = plan();
        world.osmo.apply(before);
        world.provider.want(smallWith("pool/cpu", r -> r.with("size", "9")));
        Plan update = plan();
        world.provider.want(smallWith("pool/cpu", r -> r.with("size", "10")));
        world.cloud.log.clear();
        assertThatExceptionOfType(StalePlanException.class)
                .isThrownBy(() -> world.osmo.apply(update))
                .satisfies(e ->
                        assertThat(e.differences()).singleElement().asString().contains("size: 2 -> 10"));
        assertThat(world.cloud.log).containsExactly("list");
    }

    @Test
    void a_plan_that_was_half_applied_is_still_good() {
        Plan plan = plan();
        world.cloud.refused.add(ResourceId.of("pool", "cpu"));
        assertThatExceptionOfType(PartialApplyException.class).isThrownBy(() -> world.osmo.apply(plan));
        world.cloud.refused.clear();
        world.osmo.apply(plan);
        assertThat(world.standing()).hasSize(8);
    }

    @Test
    void a_plan_is_applied_by_another_entry_point() {
        Plan plan = plan();
        try (OsmoBackends other = OsmoBackends.builder()
                .provider(world.provider)
                .scheduler(world.time)
                .build()) {
            other.apply(plan);
        }
        assertThat(world.standing()).hasSize(8);
    }

    @Test
    void stored_plans_are_signed_with_the_key_of_the_entry_point_and_read_with_it_only() {
        String signed;
        try (OsmoBackends signing = withPlanKey("a".repeat(32))) {
            signed = signing.toJson(plan());
            signing.apply(signing.planFromJson(signed));
        }
        assertThat(plan().isEmpty()).isTrue();
        assertThat(world.osmo.toJson(plan())).isEqualTo(plan().toJson());
        try (OsmoBackends other = withPlanKey("b".repeat(32))) {
            assertThatThrownBy(() -> other.planFromJson(signed)).isInstanceOf(InvalidSpecException.class);
            assertThatThrownBy(() -> other.planFromJson(plan().toJson())).isInstanceOf(InvalidSpecException.class);
        }
    }

    private OsmoBackends withPlanKey(String key) {
        return OsmoBackends.builder()
                .provider(world.provider)
                .scheduler(world.time)
                .planKey(Secret.of("plan key", () -> key))
                .build();
    }

    @Test
    void two_applies_of_one_backend_take_turns() {
        Plan plan = plan();
        ApplyHandle first = world.osmo.start(plan, ApplyOptions.defaults());
        ApplyHandle second = world.osmo.start(plan, ApplyOptions.defaults());
        second.await();
        assertThat(first.isDone()).isTrue();
        assertThat(world.cloud.log.stream().filter(l -> l.startsWith("create"))).hasSize(8);
    }

    @Test
    void the_hosts_lock_is_held_while_applying_and_released_after() {
        List<String> log = new ArrayList<>();
        try (OsmoBackends locked = OsmoBackends.builder()
                .provider(world.provider)
                .scheduler(world.time)
                .lock((backend, deadline) -> {
                    log.add("locked after " + world.cloud.calls());
                    return () -> log.add("released after " + world.cloud.calls());
                })
                .build()) {
            int before = world.cloud.calls();
            locked.apply(locked.plan(World.spec()));
            assertThat(log).containsExactly("locked after " + (before + 1), "released after " + world.cloud.calls());
        }
    }

    @Test
    void a_listener_that_fails_breaks_nothing() {
        world.osmo.apply(plan(), event -> {
            throw new IllegalStateException("listener");
        });
        assertThat(world.standing()).hasSize(8);
    }

    @Test
    void events_follow_the_grammar() {
        world.cloud.fault(3, Fault.THROTTLED);
        world.cloud.fault(6, Fault.LOST_RESPONSE);
        apply();
        EventGrammar.requireWellFormed(events);
        assertThat(events).hasAtLeastOneElementOfType(Event.ResourceRetrying.class);
    }

    @Test
    void reads_that_lag_behind_do_not_make_anything_twice() {
        world.cloud.invisible = Duration.ofSeconds(7);
        world.cloud.fault(3, Fault.LOST_RESPONSE);
        apply();
        assertThat(world.standing()).hasSize(8);
        assertThat(world.cloud.log.stream().filter(l -> l.startsWith("create"))).hasSize(8);
    }

    @Test
    void a_spec_that_breaks_static_rules_calls_nothing() {
        world.provider.violations =
                List.of(new Violation("region", Optional.empty(), "here", "there", "Choose another."));
        assertThatExceptionOfType(InvalidSpecException.class).isThrownBy(this::plan);
        assertThatExceptionOfType(InvalidSpecException.class).isThrownBy(() -> world.osmo.preflight(World.spec()));
        assertThat(world.cloud.calls()).isZero();
    }

    @Test
    void preflight_reports_what_fails() {
        PreflightReport report = world.osmo.preflight(World.spec());
        assertThat(report.passed()).isFalse();
        assertThat(report).hasToString("""
                        Preflight of fake/here/train: do not apply yet (1 PASS, 1 FAIL)

                          PASS     preflight.identity  user test
                          FAIL     preflight.quota     0 of 192 left (CN-2)
                                                       > Ask for more.
                        """);
    }

    private List<FakeResource> smallWith(String id, Function<FakeResource, FakeResource> change) {
        return world.small().stream()
                .map(r -> r.id().toString().equals(id) ? change.apply(r) : r)
                .toList();
    }

    private record FakeSettings(String how, String provider) implements ProviderSettings {
        FakeSettings(String how) {
            this(how, "fake");
        }

        @Override
        public Map<String, Object> toMap() {
            return Map.of("how", how);
        }
    }
}
