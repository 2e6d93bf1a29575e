// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.resource.ResourceId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chain of changes with the largest sum of estimates. */
final class CriticalPath {
    private final Map<ResourceId, Change> changes = new LinkedHashMap<>();

    /** Of each change; those that come before it are in front of it. */
    private final Map<ResourceId, Duration> ends = new LinkedHashMap<>();

    private CriticalPath(List<Change> all) {
        all.forEach(change -> changes.put(change.resource(), change));
        computeEnds();
    }

    /** @throws IllegalArgumentException if changes wait for each other */
    static List<Change> of(List<Change> all) {
        CriticalPath path = new CriticalPath(all);
        Deque<Change> chain = new ArrayDeque<>();
        Change next = path.latest(path.changes.keySet());
        while (next != null) {
            chain.addFirst(next);
            next = path.latest(next.after());
        }
        return List.copyOf(chain);
    }

    /** When each change ends after the start of an apply; each is behind those that come before it. */
    static Map<ResourceId, Duration> ends(List<Change> all) {
        return new CriticalPath(all).ends;
    }

    private @Nullable Change latest(Iterable<ResourceId> ids) {
        Change latest = null;
        for (ResourceId id : ids) {
            Change change = changes.get(id);
            if (change != null && (latest == null || end(change).compareTo(end(latest)) > 0)) {
                latest = change;
            }
        }
        return latest;
    }

    private Duration end(Change change) {
        Duration known = ends.get(change.resource());
        if (known == null) {
            throw new IllegalArgumentException("changes that wait for each other, among them " + change.resource());
        }
        return known;
    }

    /** Each change once all that come before it are known. No recursion: a plan from elsewhere may have one long chain. */
    private void computeEnds() {
        Map<ResourceId, Integer> waiting = new HashMap<>();
        Map<ResourceId, List<Change>> followers = new HashMap<>();
        Deque<Change> ready = new ArrayDeque<>();
        for (Change change : changes.values()) {
            int before = 0;
            for (ResourceId id : change.after()) {
                if (changes.containsKey(id)) {
                    followers.computeIfAbsent(id, key -> new ArrayList<>()).add(change);
                    before++;
                }
            }
            waiting.put(change.resource(), before);
            if (before == 0) {
                ready.add(change);
            }
        }
        while (!ready.isEmpty()) {
            Change change = ready.remove();
            Change before = latest(change.after());
            ends.put(change.resource(), (before == null ? Duration.ZERO : end(before)).plus(change.estimate()));
            for (Change follower : followers.getOrDefault(change.resource(), List.of())) {
                if (waiting.merge(follower.resource(), -1, Integer::sum) == 0) {
                    ready.add(follower);
                }
            }
        }
    }
}
