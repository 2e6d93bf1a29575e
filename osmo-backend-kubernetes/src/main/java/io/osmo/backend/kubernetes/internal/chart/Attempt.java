// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.osmo.backend.spec.Chart;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attempt to bring a release to what is wanted: since when, what it waits for, and whether it has been given up. */
final class Attempt {
    private final Chart chart;
    private Phase phase = Phase.TRYING;
    private @Nullable Instant since;
    private boolean started;
    private String waitsFor = "";
    private String failure = "";

    private enum Phase {
        TRYING,
        ROLLING_BACK,
        OVER
    }

    Attempt(Chart chart) {
        this.chart = chart;
    }

    /** Called with each effect. */
    synchronized void start() {
        started = true;
    }

    /** Whether this attempt has changed anything. */
    synchronized boolean hasStarted() {
        return started;
    }

    /** Ends this attempt at once; nothing is rolled back. */
    synchronized void giveUp(String why) {
        if (phase == Phase.TRYING) {
            failure = why;
            phase = Phase.OVER;
        }
    }

    /**
     * Records what is waited for, and fails if the deadline has passed. The first call starts the deadline.
     *
     * @param waiting what is waited for
     * @param reasons why it is not ready, if more is known than its status says
     * @return whether to apply the recorded release again from now on
     */
    synchronized boolean look(
            LiveChart found,
            Optional<ObjectState> waiting,
            Instant now,
            Function<ObjectState, Optional<String>> reasons) {
        Instant begun = since == null ? now : since;
        since = begun;
        waitsFor = waiting.map(state -> state.object().title() + ": "
                        + reasons.apply(state).orElse(state.readiness().reason()))
                .orElse("");
        boolean late = !now.isBefore(begun.plus(chart.deadline()));
        if (phase == Phase.TRYING && late && waiting.isPresent()) {
            failure = "not ready within " + chart.deadlineMinutes() + " minutes: " + waitsFor;
            if (chart.onFailure() == Chart.OnFailure.ROLLBACK
                    && found.lastDeployed().isPresent()) {
                phase = Phase.ROLLING_BACK;
                since = now;
                return true;
            }
            phase = Phase.OVER;
        } else if (phase == Phase.ROLLING_BACK) {
            String revision =
                    "revision " + found.lastDeployed().map(HelmRecord::version).orElse(0);
            if (waiting.isEmpty()
                    && found.objectChanges().isEmpty()
                    && found.attempt().isEmpty()) {
                failure += "; rolled back to " + revision;
                phase = Phase.OVER;
            } else if (late) {
                failure += "; the rollback to " + revision + " is not ready either: " + waitsFor;
                phase = Phase.OVER;
            }
        }
        return false;
    }

    /** Whether it is still about what is wanted, and not about what was recorded. */
    synchronized boolean isTrying() {
        return phase == Phase.TRYING;
    }

    /** Why it has failed, once nothing more is done about it. */
    synchronized Optional<String> failure() {
        return phase == Phase.OVER ? Optional.of(failure) : Optional.empty();
    }

    /** What is waited for and why, as of the last look. */
    synchronized String waitsFor() {
        return waitsFor;
    }
}
