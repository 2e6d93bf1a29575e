// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.resource.ResourceId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chain of changes with the largest sum of estimates. */
final class CriticalPath {
    private final Map<ResourceId, Change> changes = new LinkedHashMap<>();
    private final Map<ResourceId, Duration> ends = new HashMap<>();

    private CriticalPath(List<Change> all) {
        all.forEach(change -> changes.put(change.id(), change));
    }

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
        Duration known = ends.get(change.id());
        if (known != null) {
            return known;
        }
        Change before = latest(change.after());
        Duration end = (before == null ? Duration.ZERO : end(before)).plus(change.estimate());
        ends.put(change.id(), end);
        return end;
    }
}
