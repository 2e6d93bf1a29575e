// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.plan.Action;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Observes applies: {@code osmo.apply} is one apply, and {@code osmo.resource} one resource within it. What handlers make of them, timers
 * or spans, is up to the registry.
 *
 * <p>Keys of low cardinality are {@code osmo.provider}, {@code osmo.outcome}, and of a resource {@code osmo.kind} and {@code osmo.action}.
 * Those of high cardinality are {@code osmo.backend} and {@code osmo.resource}. A resource has the events {@code accepted}, {@code waiting}
 * and {@code retrying}. Times are those of the registry. Safe for concurrent use, also for several applies.
 */
public final class MicrometerProgress implements ProgressListener {
    private static final String OUTCOME = "osmo.outcome";

    private final ObservationRegistry registry;
    private final Optional<Observation> parent;
    private final Map<BackendRef, Apply> applies = new ConcurrentHashMap<>();

    private MicrometerProgress(ObservationRegistry registry) {
        this.registry = registry;
        this.parent = Optional.ofNullable(registry.getCurrentObservation());
    }

    /** Applies are children of the observation that is current now, if there is one. */
    public static MicrometerProgress of(ObservationRegistry registry) {
        return new MicrometerProgress(registry);
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.ApplyStarted) {
            applies.put(event.backend(), new Apply(start(event.backend())));
            return;
        }
        Apply apply = applies.get(event.backend());
        if (apply == null) {
            return;
        }
        if (event instanceof Event.ApplyFinished finished) {
            applies.remove(event.backend());
            apply.stop(word(finished.result()));
        } else if (event instanceof Event.PoolFellBack fellBack) {
            apply.observation.event(Observation.Event.of(
                    "pool-fell-back", fellBack.pool() + " from " + fellBack.from() + " to " + fellBack.to()));
        } else if (event instanceof Event.ResourceStarted started) {
            apply.resources.put(
                    started.resource(),
                    start(apply.observation, started.backend(), started.resource(), started.action()));
        } else if (event instanceof Event.OfResource ofResource) {
            Optional.ofNullable(apply.resources.get(ofResource.resource()))
                    .ifPresent(observation -> onResource(apply, observation, ofResource));
        }
    }

    private static void onResource(Apply apply, Observation resource, Event.OfResource event) {
        if (event instanceof Event.EffectAccepted accepted) {
            resource.event(Observation.Event.of("accepted", "accepted: " + word(accepted.effect())));
        } else if (event instanceof Event.ResourceWaiting waiting) {
            resource.event(Observation.Event.of("waiting", "waiting: " + waiting.reason()));
        } else if (event instanceof Event.ResourceRetrying retrying) {
            resource.event(Observation.Event.of("retrying", "retrying: " + retrying.error()));
        } else if (event instanceof Event.ResourceFailed failed) {
            resource.error(new ResourceFailure(failed.error(), failed.remedy()));
            apply.stop(event.resource(), "failed");
        } else if (event instanceof Event.ResourceDone) {
            apply.stop(event.resource(), "done");
        } else if (event instanceof Event.ResourceSkipped) {
            apply.stop(event.resource(), "skipped");
        } else if (event instanceof Event.ResourceCancelled) {
            apply.stop(event.resource(), "cancelled");
        }
    }

    private Observation start(BackendRef backend) {
        Observation observation = Observation.createNotStarted("osmo.apply", registry)
                .contextualName("osmo apply " + backend.provider())
                .lowCardinalityKeyValue("osmo.provider", backend.provider())
                .highCardinalityKeyValue("osmo.backend", backend.toString());
        parent.ifPresent(observation::parentObservation);
        return observation.start();
    }

    private Observation start(Observation apply, BackendRef backend, ResourceId resource, Action action) {
        return Observation.createNotStarted("osmo.resource", registry)
                .contextualName(word(action) + " " + resource.kind())
                .parentObservation(apply)
                .lowCardinalityKeyValue("osmo.provider", backend.provider())
                .lowCardinalityKeyValue("osmo.kind", resource.kind())
                .lowCardinalityKeyValue("osmo.action", word(action))
                .highCardinalityKeyValue("osmo.backend", backend.toString())
                .highCardinalityKeyValue("osmo.resource", resource.toString())
                .start();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An apply that is under way, with the resources that are. */
    private static final class Apply {
        private final Observation observation;
        private final Map<ResourceId, Observation> resources = new ConcurrentHashMap<>();

        private Apply(Observation observation) {
            this.observation = observation;
        }

        private void stop(ResourceId resource, String outcome) {
            Observation stopped = resources.remove(resource);
            if (stopped != null) {
                stopped.lowCardinalityKeyValue(OUTCOME, outcome).stop();
            }
        }

        /** An apply that is aborted leaves resources under way. */
        private void stop(String outcome) {
            resources.keySet().forEach(resource -> stop(resource, "aborted"));
            observation.lowCardinalityKeyValue(OUTCOME, outcome).stop();
        }
    }

    /** What Micrometer takes for an error. It was not thrown, so it has no stack trace. */
    private static final class ResourceFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private ResourceFailure(String error, String remedy) {
            super((error + " " + remedy).strip(), null, false, false);
        }
    }
}
