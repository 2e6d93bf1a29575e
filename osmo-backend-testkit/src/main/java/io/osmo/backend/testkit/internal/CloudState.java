// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** What all services of one emulated cloud share: time, ids, limits. Guarded by its own monitor. */
public abstract class CloudState {
    private final Timeline timeline;
    private final Ids ids;
    private final int pageSize;
    private final Map<String, ? extends Number> quotas;

    /**
     * @param seed seed of all ids
     * @param pageSize most items that a list call returns at once
     * @param quotas limits that differ from the defaults, by the cloud's own name
     */
    protected CloudState(Supplier<Instant> clock, long seed, int pageSize, Map<String, ? extends Number> quotas) {
        this.timeline = new Timeline(clock);
        this.ids = new Ids(seed);
        this.pageSize = pageSize;
        this.quotas = Map.copyOf(quotas);
    }

    public final int pageSize() {
        return pageSize;
    }

    public final Instant now() {
        return timeline.now();
    }

    /** Runs everything that is due by now, in order. */
    public final void advance() {
        timeline.advance();
    }

    public final void after(Duration delay, Runnable action) {
        timeline.after(delay, action);
    }

    public final String hex(int digits) {
        return ids.hex(digits);
    }

    public final String uuid() {
        return ids.uuid();
    }

    protected final double quota(String name, double defaultValue) {
        Number chosen = quotas.get(name);
        return chosen == null ? defaultValue : chosen.doubleValue();
    }
}
