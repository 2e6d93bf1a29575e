// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.http;

import io.osmo.backend.spi.VirtualTime;
import java.time.Duration;
import java.util.function.Supplier;

/** Advances virtual time with the requests of clients that run in real time, because nothing else would. */
public final class Pace {
    private final VirtualTime time;
    private volatile Duration perRequest = Duration.ZERO;

    public Pace(VirtualTime time) {
        this.time = time;
    }

    void set(Duration time) {
        perRequest = time;
    }

    /** A request has arrived. Whoever drives virtual time at this moment decides how it passes. */
    public void tick() {
        Duration passed = perRequest;
        if (!passed.isZero()) {
            time.tryAdvance(passed);
        }
    }

    /** Does the work of a request as a call of this moment. */
    public <T> T answer(Supplier<T> work) {
        return time.answer(work);
    }
}
