// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** What an emulated cloud does later without a call, in the order of time. Not safe for concurrent use. */
public final class Timeline {
    private final Supplier<Instant> clock;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private Instant now;
    private long order;

    public Timeline(Supplier<Instant> clock) {
        this.clock = clock;
        this.now = clock.get();
    }

    private record Due(Instant at, long order, Runnable action) {}

    /** The time up to which everything has happened. */
    public Instant now() {
        return now;
    }

    /** Lets happen, in order, everything that was due until now. */
    public void advance() {
        Instant target = clock.get();
        for (Due next = due.peek(); next != null && !next.at().isAfter(target); next = due.peek()) {
            due.remove();
            if (next.at().isAfter(now)) {
                now = next.at();
            }
            next.action().run();
        }
        if (target.isAfter(now)) {
            now = target;
        }
    }

    public void after(Duration delay, Runnable action) {
        due.add(new Due(now.plus(delay), order++, action));
    }
}
