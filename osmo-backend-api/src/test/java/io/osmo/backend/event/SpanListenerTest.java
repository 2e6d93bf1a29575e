// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.plan.Action;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every span that was started is ended once, with its outcome. */
class SpanListenerTest {
    private static final Instant AT = Instant.parse("2026-11-29T10:00:00Z");
    private static final BackendRef BACKEND = new BackendRef("aws", "us-west-2", "train-west");
    private static final ResourceId VPC = new ResourceId("vpc", "main");
    private static final ResourceId POOL = new ResourceId("node-pool", "gpu");

    private final Spans spans = new Spans();

    @Test
    void a_resource_is_a_span_within_that_of_its_apply() {
        start(BACKEND);
        start(BACKEND, VPC);
        spans.onEvent(new Event.EffectAccepted(AT, BACKEND, VPC, Event.Effect.CREATE));
        spans.onEvent(new Event.ResourceDone(AT, BACKEND, VPC, Action.CREATE, Duration.ZERO));
        spans.onEvent(new Event.PoolFellBack(AT, BACKEND, "gpu", "a", "b", "no machines"));
        finish(Event.ApplyFinished.Result.DEADLINE_EXCEEDED);

        assertThat(spans.lines)
                .containsExactly(
                        "start train-west",
                        "start train-west/vpc/main",
                        "accepted create on train-west/vpc/main",
                        "end train-west/vpc/main done",
                        "pool-fell-back gpu from a to b on train-west",
                        "end train-west deadline-exceeded");
    }

    @Test
    void a_failed_pool_that_is_deleted_again_has_two_spans() {
        start(BACKEND);
        start(BACKEND, POOL);
        spans.onEvent(new Event.ResourceFailed(AT, BACKEND, POOL, "no machines", "Choose another zone."));
        start(BACKEND, POOL);
        spans.onEvent(new Event.ResourceDone(AT, BACKEND, POOL, Action.DELETE, Duration.ZERO));

        assertThat(spans.lines)
                .containsExactly(
                        "start train-west",
                        "start train-west/node-pool/gpu",
                        "fail train-west/node-pool/gpu",
                        "end train-west/node-pool/gpu failed",
                        "start train-west/node-pool/gpu",
                        "end train-west/node-pool/gpu done");
    }

    @Test
    void resources_that_an_aborted_apply_leaves_are_ended_before_it() {
        start(BACKEND);
        start(BACKEND, VPC);
        finish(Event.ApplyFinished.Result.ABORTED);

        assertThat(spans.lines).endsWith("end train-west/vpc/main aborted", "end train-west aborted");
    }

    @Test
    void applies_of_two_backends_are_kept_apart_and_events_outside_of_an_apply_ignored() {
        BackendRef other = new BackendRef("aws", "us-west-2", "train-east");
        start(BACKEND, VPC);
        start(BACKEND);
        start(other);
        start(other, VPC);
        finish(Event.ApplyFinished.Result.SUCCEEDED);

        assertThat(spans.lines)
                .containsExactly(
                        "start train-west",
                        "start train-east",
                        "start train-east/vpc/main",
                        "end train-west succeeded");
    }

    private void start(BackendRef backend) {
        spans.onEvent(new Event.ApplyStarted(AT, backend, "fingerprint", List.of(), Duration.ZERO));
    }

    private void start(BackendRef backend, ResourceId resource) {
        spans.onEvent(new Event.ResourceStarted(AT, backend, resource, "it", Action.CREATE));
    }

    private void finish(Event.ApplyFinished.Result result) {
        spans.onEvent(new Event.ApplyFinished(AT, BACKEND, result, Duration.ZERO));
    }

    /** Spans are texts. */
    private static final class Spans extends SpanListener<String> {
        private final List<String> lines = new ArrayList<>();

        @Override
        protected String startApply(Event.ApplyStarted started) {
            lines.add("start " + started.ref().name());
            return started.ref().name();
        }

        @Override
        protected String startResource(String apply, Event.ResourceStarted started) {
            lines.add("start " + apply + "/" + started.resource());
            return apply + "/" + started.resource();
        }

        @Override
        protected void addEvent(String span, String name, String detail, Instant at) {
            lines.add(name + " " + detail + " on " + span);
        }

        @Override
        protected void failResource(String span, Event.ResourceFailed failed) {
            lines.add("fail " + span);
        }

        @Override
        protected void endResource(String span, String outcome, Instant at) {
            lines.add("end " + span + " " + outcome);
        }

        @Override
        protected void endApply(String span, String outcome, Event.ApplyFinished finished) {
            lines.add("end " + span + " " + outcome);
        }
    }
}
