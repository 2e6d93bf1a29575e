// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Observations that have been stopped, and their events. */
final class Observed implements ObservationHandler<Observation.Context> {
    private final List<Observation.Context> stopped = new ArrayList<>();
    private final Map<Observation.Context, List<String>> events = new IdentityHashMap<>();

    ObservationRegistry registry() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(this);
        return registry;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return true;
    }

    @Override
    public synchronized void onEvent(Observation.Event event, Observation.Context context) {
        events.computeIfAbsent(context, none -> new ArrayList<>()).add(event.getName());
    }

    @Override
    public synchronized void onStop(Observation.Context context) {
        stopped.add(context);
    }

    List<Observation.Context> named(String name) {
        return select(context -> name.equals(context.getName()));
    }

    Observation.Context one(String contextualName) {
        List<Observation.Context> found = select(context -> contextualName.equals(context.getContextualName()));
        assertThat(found).as(contextualName).hasSize(1);
        return found.get(0);
    }

    synchronized List<String> events(Observation.Context context) {
        return List.copyOf(events.getOrDefault(context, List.of()));
    }

    private synchronized List<Observation.Context> select(Predicate<Observation.Context> condition) {
        return stopped.stream().filter(condition).toList();
    }
}
