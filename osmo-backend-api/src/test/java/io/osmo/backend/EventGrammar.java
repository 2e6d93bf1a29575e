// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.resource.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds recorded events against the regular expressions of {@link ProgressListener}. */
final class EventGrammar {
    private EventGrammar() {}

    static void requireWellFormed(List<Event> events) {
        assertThat(letters(events)).matches(ProgressListener.APPLY_GRAMMAR);
        Map<ResourceId, List<Event>> byResource = events.stream()
                .filter(Event.OfResource.class::isInstance)
                .collect(Collectors.groupingBy(
                        e -> ((Event.OfResource) e).resource(), TreeMap::new, Collectors.toList()));
        byResource.forEach(
                (id, own) -> assertThat(letters(own)).as(id.toString()).matches(ProgressListener.RESOURCE_GRAMMAR));
        Event.ApplyStarted started = (Event.ApplyStarted) events.get(0);
        assertThat(byResource.keySet())
                .containsExactlyInAnyOrderElementsOf(started.resources().stream()
                        .map(Event.Planned::resource)
                        .toList());
    }

    private static String letters(List<Event> events) {
        return events.stream().map(e -> String.valueOf(e.letter())).collect(Collectors.joining());
    }
}
