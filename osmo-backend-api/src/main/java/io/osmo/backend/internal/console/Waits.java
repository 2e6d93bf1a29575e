// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import io.osmo.backend.event.Event;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which events are worth being written down. Each poll of a resource that is not ready is an event, every few seconds for half an hour:
 * what it waits for is said when it changes, and once a minute. Safe for concurrent use, also for several applies.
 */
public final class Waits {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Map<Key, Event.ResourceWaiting> said = new HashMap<>();

    private record Key(BackendRef ref, ResourceId resource) {}

    /** False for an event that repeats what was said less than a minute ago. */
    public synchronized boolean isNew(Event event) {
        if (event instanceof Event.ApplyStarted || event instanceof Event.ApplyFinished) {
            said.keySet().removeIf(key -> key.ref().equals(event.ref()));
        }
        if (!(event instanceof Event.OfResource ofResource)) {
            return true;
        }
        Key key = new Key(event.ref(), ofResource.resource());
        if (!(event instanceof Event.ResourceWaiting waiting)) {
            said.remove(key);
            return true;
        }
        Event.ResourceWaiting last = said.get(key);
        if (last != null
                && last.reason().equals(waiting.reason())
                && Duration.between(last.at(), waiting.at()).compareTo(INTERVAL) < 0) {
            return false;
        }
        said.put(key, waiting);
        return true;
    }
}
