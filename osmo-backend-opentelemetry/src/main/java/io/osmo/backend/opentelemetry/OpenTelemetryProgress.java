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
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Traces applies: a span for each apply, such as {@code osmo apply aws}, and in it one for each resource, such as
 * {@code create eks-cluster}. Times are those of the events.
 *
 * <p>Attributes are {@code osmo.provider}, {@code osmo.backend}, {@code osmo.outcome}, and of a resource {@code osmo.kind},
 * {@code osmo.resource} and {@code osmo.action}. A resource has the events {@code accepted}, {@code waiting} and {@code retrying}. The
 * status of what failed is an error. Safe for concurrent use, also for several applies.
 */
public final class OpenTelemetryProgress implements ProgressListener {
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
    private final Map<BackendRef, Apply> applies = new ConcurrentHashMap<>();

    private OpenTelemetryProgress(Tracer tracer, Context parent) {
        this.tracer = tracer;
        this.parent = parent;
    }

    /** Applies are children of the span that is current now, if there is one. */
    public static OpenTelemetryProgress of(OpenTelemetry telemetry) {
        return new OpenTelemetryProgress(telemetry.getTracer("io.osmo.backend"), Context.current());
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.ApplyStarted started) {
            applies.put(event.backend(), new Apply(start(started)));
            return;
        }
        Apply apply = applies.get(event.backend());
        if (apply == null) {
            return;
        }
        if (event instanceof Event.ApplyFinished finished) {
            applies.remove(event.backend());
            apply.end(finished);
        } else if (event instanceof Event.PoolFellBack fellBack) {
            String detail = fellBack.pool() + " from " + fellBack.from() + " to " + fellBack.to();
            add(apply.span, "pool-fell-back", detail, event.at());
        } else if (event instanceof Event.ResourceStarted started) {
            apply.resources.put(started.resource(), start(apply, started));
        } else if (event instanceof Event.OfResource ofResource) {
            Optional.ofNullable(apply.resources.get(ofResource.resource()))
                    .ifPresent(span -> onResource(apply, span, ofResource));
        }
    }

    private static void onResource(Apply apply, Span span, Event.OfResource event) {
        if (event instanceof Event.EffectAccepted accepted) {
            add(span, "accepted", word(accepted.effect()), event.at());
        } else if (event instanceof Event.ResourceWaiting waiting) {
            add(span, "waiting", waiting.reason(), event.at());
        } else if (event instanceof Event.ResourceRetrying retrying) {
            add(span, "retrying", retrying.error(), event.at());
        } else if (event instanceof Event.ResourceFailed failed) {
            span.setStatus(StatusCode.ERROR, failed.error()).setAttribute(REMEDY, failed.remedy());
            apply.end(event.resource(), "failed", event.at());
        } else if (event instanceof Event.ResourceDone) {
            apply.end(event.resource(), "done", event.at());
        } else if (event instanceof Event.ResourceSkipped) {
            apply.end(event.resource(), "skipped", event.at());
        } else if (event instanceof Event.ResourceCancelled) {
            apply.end(event.resource(), "cancelled", event.at());
        }
    }

    private Span start(Event.ApplyStarted started) {
        return tracer.spanBuilder("osmo apply " + started.backend().provider())
                .setParent(parent)
                .setStartTimestamp(started.at())
                .setAttribute(PROVIDER, started.backend().provider())
                .setAttribute(BACKEND, started.backend().toString())
                .startSpan();
    }

    private Span start(Apply apply, Event.ResourceStarted started) {
        return tracer.spanBuilder(
                        word(started.action()) + " " + started.resource().kind())
                .setParent(parent.with(apply.span))
                .setStartTimestamp(started.at())
                .setAttribute(PROVIDER, started.backend().provider())
                .setAttribute(BACKEND, started.backend().toString())
                .setAttribute(KIND, started.resource().kind())
                .setAttribute(RESOURCE, started.resource().toString())
                .setAttribute(ACTION, word(started.action()))
                .startSpan();
    }

    private static void add(Span span, String name, String detail, Instant at) {
        span.addEvent(name, Attributes.of(DETAIL, detail), at);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An apply that is under way, with the resources that are. */
    private static final class Apply {
        private final Span span;
        private final Map<ResourceId, Span> resources = new ConcurrentHashMap<>();

        private Apply(Span span) {
            this.span = span;
        }

        private void end(ResourceId resource, String outcome, Instant at) {
            Span ended = resources.remove(resource);
            if (ended != null) {
                ended.setAttribute(OUTCOME, outcome).end(at);
            }
        }

        /** An apply that is aborted leaves resources under way. */
        private void end(Event.ApplyFinished finished) {
            resources.keySet().forEach(resource -> end(resource, "aborted", finished.at()));
            if (!GOOD.contains(finished.result())) {
                span.setStatus(StatusCode.ERROR);
            }
            span.setAttribute(OUTCOME, word(finished.result())).end(finished.at());
        }
    }
}
