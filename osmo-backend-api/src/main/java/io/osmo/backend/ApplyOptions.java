// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.spec.FailurePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a plan is applied. Immutable: each method returns a copy. */
public final class ApplyOptions {
    private static final ApplyOptions DEFAULTS = new ApplyOptions(List.of(), Duration.ofHours(3), Optional.empty());

    private final List<ProgressListener> listeners;
    private final Duration deadline;
    private final Optional<FailurePolicy> onFailure;

    private ApplyOptions(List<ProgressListener> listeners, Duration deadline, Optional<FailurePolicy> onFailure) {
        this.listeners = listeners;
        this.deadline = deadline;
        this.onFailure = onFailure;
    }

    /** No listener, three hours, each pool's own failure policy. */
    public static ApplyOptions defaults() {
        return DEFAULTS;
    }

    /** Adds a listener; all are called, in the order in which they were added. */
    public ApplyOptions listener(ProgressListener listener) {
        List<ProgressListener> more = new ArrayList<>(listeners);
        more.add(listener);
        return new ApplyOptions(List.copyOf(more), deadline, onFailure);
    }

    /**
     * How long the whole apply may take, waiting for another apply of the same backend included.
     *
     * @param longest more than zero
     */
    public ApplyOptions deadline(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("a deadline is more than zero: " + longest);
        }
        return new ApplyOptions(listeners, longest, onFailure);
    }

    /** What happens to any pool that cannot be had, instead of what the spec says of each. */
    public ApplyOptions onFailure(FailurePolicy policy) {
        return new ApplyOptions(listeners, deadline, Optional.of(policy));
    }

    public List<ProgressListener> listeners() {
        return listeners;
    }

    public Duration deadline() {
        return deadline;
    }

    public Optional<FailurePolicy> onFailure() {
        return onFailure;
    }
}
