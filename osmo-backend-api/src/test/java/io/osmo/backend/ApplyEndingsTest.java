// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.ResourceOutcome;
import io.osmo.backend.event.Event;
import io.osmo.backend.fake.FakeResource;
import io.osmo.backend.fake.World;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.FailurePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How applies end that do not succeed at once: failures, cancellation, deadlines. */
class ApplyEndingsTest extends SmallBackend {
    @Test
    void a_failure_costs_only_what_needs_it() {
        world.cloud.refused.add(ResourceId.of("pool", "cpu"));
        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(this::apply)
                .satisfies(e -> {
                    assertThat(outcomes(e.outcomes()))
                            .containsEntry("pool/cpu", ResourceOutcome.Status.FAILED)
                            .containsEntry("addon/dns", ResourceOutcome.Status.SKIPPED)
                            .containsEntry("pool/gpu", ResourceOutcome.Status.DONE);
                    assertThat(e.getSuppressed()).hasSize(1);
                    assertThat(e).hasMessageContaining("none left");
                });
        EventGrammar.requireWellFormed(events);

        world.cloud.refused.clear();
        apply();
        assertThat(world.standing()).hasSize(8);
    }

    @Test
    void a_pool_whose_policy_is_degrade_does_not_fail_the_apply() {
        world.cloud.refused.add(ResourceId.of("pool", "gpu"));
        Backend backend = world.osmo.apply(plan(), ApplyOptions.defaults().onFailure(FailurePolicy.DEGRADE));
        assertThat(outcomes(backend.missing())).containsExactly(Map.entry("pool/gpu", ResourceOutcome.Status.FAILED));
    }

    @Test
    void a_pool_whose_policy_is_delete_is_deleted_again() {
        world.cloud.doomed.add(ResourceId.of("pool", "gpu"));
        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(() -> world.osmo.apply(
                        plan(),
                        ApplyOptions.defaults().onFailure(FailurePolicy.DELETE).listener(events::add)))
                .satisfies(e -> assertThat(outcomes(e.outcomes()))
                        .containsEntry("pool/gpu", ResourceOutcome.Status.ROLLED_BACK));
        assertThat(world.standing()).hasSize(7).doesNotContainKey(ResourceId.of("pool", "gpu"));
        EventGrammar.requireWellFormed(events);
    }

    @Test
    void what_has_failed_stays_by_default_and_is_replaced_by_the_next_plan() {
        world.cloud.doomed.add(ResourceId.of("pool", "gpu"));
        assertThatExceptionOfType(PartialApplyException.class).isThrownBy(this::apply);
        assertThat(world.standing()).hasSize(8);
        world.cloud.doomed.clear();
        world.cloud.doomed.add(ResourceId.of("pool", "gpu"));
        assertThat(actions(plan())).containsExactly(Map.entry("pool/gpu", Action.REPLACE));
        assertThat(plan().changes().get(0).reason()).contains("out of stock");
    }

    @Test
    void a_cancelled_apply_starts_nothing_new_and_can_be_resumed() throws Exception {
        ApplyHandle handle = world.osmo.start(plan(), ApplyOptions.defaults().listener(events::add));
        world.time.advance(Duration.ofMinutes(2));
        handle.cancel();
        int before = world.cloud.calls();
        assertThatExceptionOfType(OperationCancelledException.class)
                .isThrownBy(handle::await)
                .satisfies(e -> assertThat(outcomes(e.outcomes()))
                        .containsEntry("vpc/main", ResourceOutcome.Status.DONE)
                        .containsEntry("cluster/main", ResourceOutcome.Status.CANCELLED));
        assertThat(world.cloud.calls()).isEqualTo(before);
        EventGrammar.requireWellFormed(events);

        world.osmo.apply(plan());
        assertThat(world.standing()).hasSize(8);
    }

    @Test
    void a_call_under_way_is_accepted_before_a_cancelled_apply_ends() {
        ApplyHandle handle = world.osmo.start(plan(), ApplyOptions.defaults().listener(event -> {
            events.add(event);
        }));
        world.time.advance(Duration.ofMillis(300));
        handle.cancel();
        assertThatExceptionOfType(OperationCancelledException.class).isThrownBy(handle::await);
        assertThat(events).hasAtLeastOneElementOfType(Event.EffectAccepted.class);
        assertThat(world.cloud.log.stream().filter(l -> l.startsWith("create"))).hasSize(2);
        EventGrammar.requireWellFormed(events);
    }

    @Test
    void an_interrupted_thread_cancels_its_apply_and_stays_interrupted() {
        Plan plan = plan();
        assertThatExceptionOfType(OperationCancelledException.class)
                .isThrownBy(() -> world.osmo.apply(plan, event -> {
                    if (event instanceof Event.ResourceWaiting) {
                        Thread.currentThread().interrupt();
                    }
                }));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_interrupted_read_says_what_was_interrupted() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(OperationCancelledException.class)
                .isThrownBy(this::plan)
                .withMessage("reading the cloud was interrupted")
                .satisfies(e -> assertThat(e.remedy()).isEqualTo("Try again."))
                .satisfies(e -> assertThat(e.outcomes()).isEmpty());

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_apply_ends_at_its_deadline() {
        assertThatExceptionOfType(DeadlineExceededException.class)
                .isThrownBy(
                        () -> world.osmo.apply(plan(), ApplyOptions.defaults().deadline(Duration.ofMinutes(3))))
                .satisfies(e -> assertThat(outcomes(e.outcomes()))
                        .containsEntry("cluster/main", ResourceOutcome.Status.CANCELLED));
        assertThat(world.time.elapsed()).isLessThan(Duration.ofMinutes(4));
    }

    /** No duration is so long that it could not be counted with. */
    @Test
    void a_cloud_that_wants_to_be_left_alone_for_ever_is_given_up_at_the_deadline() {
        world.cloud.throttle("create vpc", Duration.ofDays(1), Duration.ofSeconds(Long.MAX_VALUE));

        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(this::apply)
                .withMessageContaining("slow down");
        assertThat(world.time.elapsed()).isLessThan(Duration.ofDays(1));
    }

    @Test
    void an_apply_whose_last_read_hangs_ends_as_its_events_say() {
        apply();
        world.provider.leftoversHang = true;
        events.clear();

        assertThatExceptionOfType(DeadlineExceededException.class)
                .isThrownBy(() -> world.osmo.apply(
                        world.osmo.planDestroy(World.ref()),
                        ApplyOptions.defaults().listener(events::add).deadline(Duration.ofHours(1))));

        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        Event.ApplyFinished.class,
                        end -> assertThat(end.result()).isEqualTo(Event.ApplyFinished.Result.DEADLINE_EXCEEDED));
        assertThat(world.standing()).isEmpty();
    }

    @Test
    void a_resource_that_is_never_ready_fails_at_its_own_deadline() {
        world.provider.want(List.of(new FakeResource(
                world.cloud,
                ResourceId.of("slow", "one"),
                Set.of(),
                Map.of(),
                Duration.ofDays(1),
                Optional.empty(),
                Set.of())));
        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(this::apply)
                .withMessageContaining("did not match the spec within PT1H; last seen: CREATING");
    }

    private Map<String, ResourceOutcome.Status> outcomes(List<ResourceOutcome> outcomes) {
        return outcomes.stream().collect(Collectors.toMap(o -> o.resource().toString(), ResourceOutcome::status));
    }
}
