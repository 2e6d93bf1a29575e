// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.osmo.backend.event.Event;
import io.osmo.backend.event.SpanListener;
import java.time.Instant;
import java.util.Set;

/**
 * Traces applies: a span for each apply, such as {@code osmo apply aws}, and in it one for each resource, such as
 * {@code create eks-cluster}. Times are those of the events.
 *
 * <p>Attributes are {@code osmo.provider}, {@code osmo.backend}, {@code osmo.outcome}, and of a resource {@code osmo.kind},
 * {@code osmo.resource} and {@code osmo.action}. A resource has the events {@code accepted}, {@code waiting} and {@code retrying}. The
 * status of what failed is an error. Safe for concurrent use, also for several applies.
 */
public final class OpenTelemetryProgress extends SpanListener<Span> {
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("osmo.provider");
    private static final AttributeKey<String> BACKEND = AttributeKey.stringKey("osmo.backend");
    private static final AttributeKey<String> RESOURCE = AttributeKey.stringKey("osmo.resource");
    private static final AttributeKey<String> KIND = AttributeKey.stringKey("osmo.kind");
    private static final AttributeKey<String> ACTION = AttributeKey.stringKey("osmo.action");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("osmo.outcome");
    private static final AttributeKey<String> DETAIL = AttributeKey.stringKey("osmo.detail");
    private static final AttributeKey<String> REMEDY = AttributeKey.stringKey("osmo.remedy");

    /** Results after which everything, or everything but pools that may be missing, is as it should be. */
    private static final Set<Event.ApplyFinished.Result> GOOD =
            Set.of(Event.ApplyFinished.Result.SUCCEEDED, Event.ApplyFinished.Result.DEGRADED);

    private final Tracer tracer;
    private final Context parent;

    private OpenTelemetryProgress(Tracer tracer, Context parent) {
        this.tracer = tracer;
        this.parent = parent;
    }

    /** Applies are children of the span that is current now, if there is one. */
    public static OpenTelemetryProgress of(OpenTelemetry telemetry) {
        return new OpenTelemetryProgress(telemetry.getTracer("io.osmo.backend"), Context.current());
    }

    @Override
    protected Span startApply(Event.ApplyStarted started) {
        return tracer.spanBuilder("osmo apply " + started.ref().provider())
                .setParent(parent)
                .setStartTimestamp(started.at())
                .setAttribute(PROVIDER, started.ref().provider())
                .setAttribute(BACKEND, started.ref().toString())
                .startSpan();
    }

    @Override
    protected Span startResource(Span apply, Event.ResourceStarted started) {
        return tracer.spanBuilder(
                        word(started.action()) + " " + started.resource().kind())
                .setParent(parent.with(apply))
                .setStartTimestamp(started.at())
                .setAttribute(PROVIDER, started.ref().provider())
                .setAttribute(BACKEND, started.ref().toString())
                .setAttribute(KIND, started.resource().kind())
                .setAttribute(RESOURCE, started.resource().toString())
                .setAttribute(ACTION, word(started.action()))
                .startSpan();
    }

    @Override
    protected void addEvent(Span span, String name, String detail, Instant at) {
        span.addEvent(name, Attributes.of(DETAIL, detail), at);
    }

    @Override
    protected void failResource(Span resource, Event.ResourceFailed failed) {
        resource.setStatus(StatusCode.ERROR, failed.error()).setAttribute(REMEDY, failed.remedy());
    }

    @Override
    protected void endResource(Span resource, String outcome, Instant at) {
        resource.setAttribute(OUTCOME, outcome).end(at);
    }

    @Override
    protected void endApply(Span apply, String outcome, Event.ApplyFinished finished) {
        if (!GOOD.contains(finished.result())) {
            apply.setStatus(StatusCode.ERROR);
        }
        apply.setAttribute(OUTCOME, outcome).end(finished.at());
    }
}
