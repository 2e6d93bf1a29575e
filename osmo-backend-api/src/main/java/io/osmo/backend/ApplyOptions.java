// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.FailurePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How a plan is applied. Immutable: methods that set an option return a copy. */
public final class ApplyOptions {
    private static final ApplyOptions DEFAULTS = new ApplyOptions(
            List.of(), Duration.ofHours(3), Optional.empty(), Disruption.ROLLING, 1, Optional.empty(), false);

    private final List<ProgressListener> listeners;
    private final Duration deadline;
    private final Optional<FailurePolicy> onFailure;
    private final Disruption allowed;
    private final int poolsAtOnce;
    private final Optional<PreflightReport> preflight;
    private final boolean inconclusiveAllowed;

    private ApplyOptions(
            List<ProgressListener> listeners,
            Duration deadline,
            Optional<FailurePolicy> onFailure,
            Disruption allowed,
            int poolsAtOnce,
            Optional<PreflightReport> preflight,
            boolean inconclusiveAllowed) {
        this.listeners = listeners;
        this.deadline = deadline;
        this.onFailure = onFailure;
        this.allowed = allowed;
        this.poolsAtOnce = poolsAtOnce;
        this.preflight = preflight;
        this.inconclusiveAllowed = inconclusiveAllowed;
    }

    /**
     * No listener, three hours, each pool's own failure policy, rolling changes allowed, one pool at a time, no preflight required.
     */
    public static ApplyOptions defaults() {
        return DEFAULTS;
    }

    /** Adds a listener; all are called, in the order in which they were added. */
    public ApplyOptions listener(ProgressListener listener) {
        List<ProgressListener> more = new ArrayList<>(listeners);
        more.add(listener);
        return new ApplyOptions(
                List.copyOf(more), deadline, onFailure, allowed, poolsAtOnce, preflight, inconclusiveAllowed);
    }

    /**
     * How long the whole apply may take, including the wait for another apply of the same backend. Default: three hours.
     *
     * @param longest more than zero
     */
    public ApplyOptions deadline(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("a deadline is more than zero: " + longest);
        }
        return new ApplyOptions(listeners, longest, onFailure, allowed, poolsAtOnce, preflight, inconclusiveAllowed);
    }

    /** What to do about every pool that cannot be created, instead of the failure policy of each pool in the spec. */
    public ApplyOptions onFailure(FailurePolicy policy) {
        return new ApplyOptions(
                listeners, deadline, Optional.of(policy), allowed, poolsAtOnce, preflight, inconclusiveAllowed);
    }

    /**
     * The most that the apply may do to running work. A plan that does more is refused before anything is changed. Default:
     * {@link Disruption#ROLLING}. A plan to destroy needs no such permission.
     */
    public ApplyOptions allow(Disruption most) {
        return new ApplyOptions(
                listeners,
                deadline,
                onFailure,
                Objects.requireNonNull(most, "most"),
                poolsAtOnce,
                preflight,
                inconclusiveAllowed);
    }

    /**
     * How many pools may be rolled or replaced at the same time. Default: 1.
     *
     * @param pools at least 1
     */
    public ApplyOptions poolsAtOnce(int pools) {
        if (pools < 1) {
            throw new IllegalArgumentException("at least one pool at a time: " + pools);
        }
        return new ApplyOptions(listeners, deadline, onFailure, allowed, pools, preflight, inconclusiveAllowed);
    }

    /**
     * Refuses to apply unless this preflight passed and covers the plan: it was made from the plan itself, or from its spec, in the
     * last 24 hours. Otherwise the apply throws {@link io.osmo.backend.error.PreflightRequiredException} before any call. An inconclusive
     * preflight is refused too, unless {@link #allowInconclusivePreflight()} was called. Default: none is required.
     */
    public ApplyOptions requirePreflight(PreflightReport report) {
        return new ApplyOptions(
                listeners,
                deadline,
                onFailure,
                allowed,
                poolsAtOnce,
                Optional.of(Objects.requireNonNull(report, "report")),
                inconclusiveAllowed);
    }

    /** Accepts a required preflight that could not read everything, as long as no check failed. */
    public ApplyOptions allowInconclusivePreflight() {
        return new ApplyOptions(listeners, deadline, onFailure, allowed, poolsAtOnce, preflight, true);
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

    public Disruption allowedDisruption() {
        return allowed;
    }

    public int poolsAtOnce() {
        return poolsAtOnce;
    }

    /** The preflight that the plan must have passed; empty if none is required. */
    public Optional<PreflightReport> requiredPreflight() {
        return preflight;
    }

    public boolean allowsInconclusivePreflight() {
        return inconclusiveAllowed;
    }

    /** All options on one line, with the number of listeners and the verdict of the preflight. */
    @Override
    public String toString() {
        return "ApplyOptions[deadline=" + deadline
                + ", onFailure=" + onFailure.map(FailurePolicy::name).orElse("of each pool")
                + ", allowedDisruption=" + allowed
                + ", poolsAtOnce=" + poolsAtOnce
                + ", requiredPreflight="
                + preflight.map(report -> report.verdict().name()).orElse("none")
                + ", allowsInconclusivePreflight=" + inconclusiveAllowed
                + ", listeners=" + listeners.size() + "]";
    }
}
