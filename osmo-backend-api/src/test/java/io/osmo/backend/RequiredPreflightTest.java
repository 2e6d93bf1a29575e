// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import static io.osmo.backend.fake.FakeProvider.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osmo.backend.error.PreflightRequiredException;
import io.osmo.backend.fake.World;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An apply that requires a preflight. */
class RequiredPreflightTest {
    private final World world = new World();

    @BeforeEach
    void wanted() {
        world.provider.want(world.small());
    }

    @AfterEach
    void close() {
        world.osmo.close();
    }

    private void answers(Status status) {
        world.provider.findings = List.of(
                finding("identity", Status.PASS, "user test", ""),
                finding("version", status, "1.35", status == Status.PASS ? "" : "Ask an administrator."));
    }

    private void assertRefused(Plan plan, ApplyOptions options, String... parts) {
        assertThatExceptionOfType(PreflightRequiredException.class)
                .isThrownBy(() -> world.osmo.apply(plan, options))
                .satisfies(refused ->
                        assertThat(refused.toString()).contains(parts).contains("Nothing was changed."));
        assertThat(world.standing()).isEmpty();
    }

    @Test
    void a_preflight_of_the_plan_or_of_its_spec_lets_it_pass() {
        answers(Status.PASS);
        Plan plan = world.osmo.plan(World.spec());

        assertThat(world.osmo.preflight(World.spec()).covers(plan)).isTrue();
        world.osmo.apply(plan, ApplyOptions.defaults().requirePreflight(world.osmo.preflight(plan)));

        assertThat(world.standing()).isNotEmpty();
    }

    @Test
    void options_and_a_running_apply_print_what_they_are() {
        answers(Status.PASS);
        Plan plan = world.osmo.plan(World.spec());
        PreflightReport report = world.osmo.preflight(plan);
        ApplyOptions options = ApplyOptions.defaults().requirePreflight(report).poolsAtOnce(2);

        assertThat(report.count(Status.PASS)).isEqualTo(2);
        assertThat(options)
                .hasToString(
                        "ApplyOptions[deadline=PT3H, onFailure=of each pool, allowedDisruption=ROLLING, poolsAtOnce=2,"
                                + " requiredPreflight=PASSED, allowsInconclusivePreflight=false, listeners=0]");
        ApplyHandle handle = world.osmo.start(plan, options);
        assertThat(handle).hasToString("ApplyHandle[fake/here/train, APPLY, running]");
        handle.await();
        assertThat(handle).hasToString("ApplyHandle[fake/here/train, APPLY, ended]");
    }

    @Test
    void a_failed_preflight_refuses_with_what_failed() {
        Plan plan = world.osmo.plan(World.spec());
        PreflightReport report = world.osmo.preflight(plan);

        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
        assertRefused(
                plan,
                ApplyOptions.defaults().requirePreflight(report).allowInconclusivePreflight(),
                "fake/here/train: not applied, the preflight failed",
                "preflight.quota: 0 of 192 left Ask for more.");
    }

    @Test
    void an_inconclusive_preflight_refuses_unless_that_is_allowed() {
        answers(Status.UNKNOWN);
        Plan plan = world.osmo.plan(World.spec());
        ApplyOptions options = ApplyOptions.defaults().requirePreflight(world.osmo.preflight(plan));

        assertRefused(plan, options, "inconclusive", "preflight.version: 1.35", "allowInconclusivePreflight()");

        world.osmo.apply(plan, options.allowInconclusivePreflight());
        assertThat(world.standing()).isNotEmpty();
    }

    @Test
    void a_preflight_of_something_else_is_refused() {
        answers(Status.PASS);
        Plan plan = world.osmo.plan(World.spec());
        PreflightReport ofOtherBackend = world.osmo.preflight(World.spec("other"));
        PreflightReport ofOtherSpec = world.osmo.preflight(
                World.spec().toBuilder().changePool("cpu", p -> p.scale(1, 3)).build());
        world.provider.want(world.small().subList(0, 1));
        PreflightReport ofOtherPlan = world.osmo.preflight(world.osmo.plan(World.spec()));

        for (PreflightReport other : List.of(ofOtherBackend, ofOtherSpec, ofOtherPlan)) {
            assertRefused(
                    plan,
                    ApplyOptions.defaults().requirePreflight(other),
                    "another plan or spec",
                    "osmo.preflight(plan)");
        }
    }

    /** What was left of quotas and reservations last week says nothing about today. */
    @Test
    void a_preflight_of_more_than_a_day_ago_is_refused() {
        answers(Status.PASS);
        Plan plan = world.osmo.plan(World.spec());
        ApplyOptions options = ApplyOptions.defaults().requirePreflight(world.osmo.preflight(plan));
        world.time.advance(Duration.ofHours(25));

        assertRefused(plan, options, "more than a day ago", "Run osmo.preflight(plan) again");
        assertRefused(plan, options.allowInconclusivePreflight(), "more than a day ago");

        world.osmo.apply(plan, ApplyOptions.defaults().requirePreflight(world.osmo.preflight(plan)));
        assertThat(world.standing()).isNotEmpty();
    }

    @Test
    void a_destruction_has_no_preflight() {
        answers(Status.PASS);
        Plan plan = world.osmo.planDestroy(World.ref());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.osmo.preflight(plan))
                .withMessageContaining("plan.guards()");
        assertThat(world.osmo.preflight(World.spec()).covers(plan)).isFalse();
    }

    @Test
    void its_json_names_the_plan_and_the_time() {
        answers(Status.PASS);
        Plan plan = world.osmo.plan(World.spec());
        PreflightReport report = world.osmo.preflight(plan);

        assertThat(report.toJson()).contains(plan.fingerprint(), report.at().toString(), "PASSED");
    }
}
