// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.event;

import io.osmo.backend.internal.console.Waits;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A listener for tracing and metrics: it keeps one open span for each apply, and in it one for each resource in progress. A subclass
 * starts, annotates and ends the spans of its library. Every started span is ended exactly once, even if an apply is aborted.
 *
 * <p>Safe for concurrent use, also for several applies; calls for one apply are sequential.
 *
 * @param <S> the span type of the library
 */
public abstract class SpanListener<S> implements ProgressListener {
    private final Map<BackendRef, Apply<S>> applies = new ConcurrentHashMap<>();

    /** For subclasses. */
    protected SpanListener() {}

    private final Waits waits = new Waits();

    /** Starts the span of an apply. */
    protected abstract S startApply(Event.ApplyStarted started);

    /** Starts the span of a resource within that of its apply. */
    protected abstract S startResource(S apply, Event.ResourceStarted started);

    /**
     * Adds an event to a span.
     *
     * @param name {@code accepted}, {@code waiting} or {@code retrying} of a resource, {@code pool-fell-back} of an apply
     * @param detail one line without secrets
     */
    protected abstract void addEvent(S span, String name, String detail, Instant at);

    /** Marks the span of a resource as failed. It is ended next. */
    protected abstract void failResource(S span, Event.ResourceFailed failed);

    /**
     * Ends the span of a resource.
     *
     * @param outcome {@code done}, {@code failed}, {@code skipped}, {@code cancelled}, or {@code aborted} if the apply ended before it
     */
    protected abstract void endResource(S span, String outcome, Instant at);

    /**
     * Ends the span of an apply, after those of its resources.
     *
     * @param outcome the result as a {@linkplain #word word}
     */
    protected abstract void endApply(S span, String outcome, Event.ApplyFinished finished);

    @Override
    public final void onEvent(Event event) {
        if (!waits.isNew(event)) {
            return;
        }
        if (event instanceof Event.ApplyStarted started) {
            applies.put(event.ref(), new Apply<>(startApply(started)));
            return;
        }
        Apply<S> apply = applies.get(event.ref());
        if (apply == null) {
            return;
        }
        if (event instanceof Event.ApplyFinished finished) {
            applies.remove(event.ref());
            apply.resources.keySet().forEach(resource -> end(apply, resource, "aborted", event.at()));
            endApply(apply.span, word(finished.result()), finished);
        } else if (event instanceof Event.PoolFellBack fellBack) {
            String detail = fellBack.pool() + " from " + fellBack.from() + " to " + fellBack.to();
            addEvent(apply.span, "pool-fell-back", detail, event.at());
        } else if (event instanceof Event.ResourceStarted started) {
            apply.resources.put(started.resource(), startResource(apply.span, started));
        } else if (event instanceof Event.OfResource ofResource) {
            Optional.ofNullable(apply.resources.get(ofResource.resource()))
                    .ifPresent(span -> onResource(apply, span, ofResource));
        }
    }

    private void onResource(Apply<S> apply, S span, Event.OfResource event) {
        if (event instanceof Event.EffectAccepted accepted) {
            addEvent(span, "accepted", word(accepted.effect()), event.at());
        } else if (event instanceof Event.ResourceWaiting waiting) {
            addEvent(span, "waiting", waiting.reason(), event.at());
        } else if (event instanceof Event.ResourceRetrying retrying) {
            addEvent(span, "retrying", retrying.error(), event.at());
        } else if (event instanceof Event.ResourceFailed failed) {
            failResource(span, failed);
            end(apply, event.resource(), "failed", event.at());
        } else if (event instanceof Event.ResourceDone) {
            end(apply, event.resource(), "done", event.at());
        } else if (event instanceof Event.ResourceSkipped) {
            end(apply, event.resource(), "skipped", event.at());
        } else if (event instanceof Event.ResourceCancelled) {
            end(apply, event.resource(), "cancelled", event.at());
        }
    }

    private void end(Apply<S> apply, ResourceId resource, String outcome, Instant at) {
        Optional.ofNullable(apply.resources.remove(resource)).ifPresent(span -> endResource(span, outcome, at));
    }

    /** The name of a constant in span names and attribute values, such as {@code deadline-exceeded}. */
    protected static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A running apply, with the spans of its resources in progress. */
    private static final class Apply<S> {
        private final S span;
        private final Map<ResourceId, S> resources = new ConcurrentHashMap<>();

        private Apply(S span) {
            this.span = span;
        }
    }
}
