// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.osmo.backend.event.Event;
import io.osmo.backend.event.SpanListener;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import java.time.Instant;
import java.util.Optional;

/**
 * Observes applies: {@code osmo.apply} is one apply, and {@code osmo.resource} one resource within it. What handlers make of them, timers
 * or spans, is up to the registry.
 *
 * <p>Keys of low cardinality are {@code osmo.provider}, {@code osmo.outcome}, and of a resource {@code osmo.kind} and {@code osmo.action}.
 * Those of high cardinality are {@code osmo.backend} and {@code osmo.resource}. A resource has the events {@code accepted}, {@code waiting}
 * and {@code retrying}. Times are those of the registry. Safe for concurrent use, also for several applies.
 */
public final class MicrometerProgress extends SpanListener<Observation> {
    private static final String OUTCOME = "osmo.outcome";

    private final ObservationRegistry registry;
    private final Optional<Observation> parent;

    private MicrometerProgress(ObservationRegistry registry) {
        this.registry = registry;
        this.parent = Optional.ofNullable(registry.getCurrentObservation());
    }

    /** Applies are children of the observation that is current now, if there is one. */
    public static MicrometerProgress of(ObservationRegistry registry) {
        return new MicrometerProgress(registry);
    }

    @Override
    protected Observation startApply(Event.ApplyStarted started) {
        BackendRef backend = started.ref();
        Observation observation = Observation.createNotStarted("osmo.apply", registry)
                .contextualName("osmo apply " + backend.provider())
                .lowCardinalityKeyValue("osmo.provider", backend.provider())
                .highCardinalityKeyValue("osmo.backend", backend.toString());
        parent.ifPresent(observation::parentObservation);
        return observation.start();
    }

    @Override
    protected Observation startResource(Observation apply, Event.ResourceStarted started) {
        BackendRef backend = started.ref();
        ResourceId resource = started.resource();
        String action = word(started.action());
        return Observation.createNotStarted("osmo.resource", registry)
                .contextualName(action + " " + resource.kind())
                .parentObservation(apply)
                .lowCardinalityKeyValue("osmo.provider", backend.provider())
                .lowCardinalityKeyValue("osmo.kind", resource.kind())
                .lowCardinalityKeyValue("osmo.action", action)
                .highCardinalityKeyValue("osmo.backend", backend.toString())
                .highCardinalityKeyValue("osmo.resource", resource.toString())
                .start();
    }

    @Override
    protected void addEvent(Observation observation, String name, String detail, Instant at) {
        observation.event(Observation.Event.of(name, name + ": " + detail));
    }

    @Override
    protected void failResource(Observation resource, Event.ResourceFailed failed) {
        resource.error(new ResourceFailure(failed.error(), failed.remedy()));
    }

    @Override
    protected void endResource(Observation resource, String outcome, Instant at) {
        resource.lowCardinalityKeyValue(OUTCOME, outcome).stop();
    }

    @Override
    protected void endApply(Observation apply, String outcome, Event.ApplyFinished finished) {
        apply.lowCardinalityKeyValue(OUTCOME, outcome).stop();
    }

    /** The error of an observation. It was not thrown, so it has no stack trace. */
    private static final class ResourceFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private ResourceFailure(String error, String remedy) {
            super((error + " " + remedy).strip(), null, false, false);
        }
    }
}
