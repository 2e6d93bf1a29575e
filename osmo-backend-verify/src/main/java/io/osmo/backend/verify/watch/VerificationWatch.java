// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.watch;

import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.verify.report.Report;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies repeatedly until it is closed. The next verification starts one interval after the previous one has ended, so they
 * never overlap; no thread is held between them. If a verification throws, which only a defect can cause, that is logged and the
 * watch continues.
 *
 * <pre>{@code
 * try (VerificationWatch watch = VerificationWatch.start(
 *         scheduler, Duration.ofMinutes(10), () -> verifier.verify(backend), change -> page(change))) {
 *     …
 * }
 * }</pre>
 */
public final class VerificationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VerificationWatch.class);

    private final Scheduler scheduler;
    private final Duration interval;
    private final Supplier<Report> verification;
    private final VerificationListener listener;
    private final Object lock = new Object();
    private Optional<Report> last = Optional.empty();
    private Scheduler.@Nullable Cancellable next;
    private boolean closed;

    private VerificationWatch(
            Scheduler scheduler, Duration interval, Supplier<Report> verification, VerificationListener listener) {
        this.scheduler = scheduler;
        this.interval = interval;
        this.verification = verification;
        this.listener = listener;
    }

    /**
     * Starts with an immediate verification.
     *
     * @param scheduler time and threads; not closed with the watch
     * @param interval more than zero
     * @param verification such as {@code () -> verifier.verify(backend)}; runs on a thread of the scheduler
     */
    public static VerificationWatch start(
            Scheduler scheduler, Duration interval, Supplier<Report> verification, VerificationListener listener) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("an interval is more than zero, not " + interval);
        }
        VerificationWatch watch = new VerificationWatch(scheduler, interval, verification, listener);
        watch.verify();
        return watch;
    }

    private void verify() {
        scheduler.call(verification::get).whenComplete((report, failure) -> {
            if (failure != null) {
                LOG.warn("Verification failed; the next one starts in {}", interval, failure);
            } else {
                tell(report);
            }
            synchronized (lock) {
                if (!closed) {
                    next = scheduler.after(interval, this::verify);
                }
            }
        });
    }

    private void tell(Report report) {
        Optional<VerificationChange> change;
        synchronized (lock) {
            change = closed ? Optional.empty() : VerificationChange.between(last, report);
            last = Optional.of(report);
        }
        try {
            change.ifPresent(listener::changed);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed", e);
        }
    }

    /** The latest report; empty before the first verification has ended. */
    public Optional<Report> last() {
        synchronized (lock) {
            return last;
        }
    }

    /** Starts no further verification; the listener is not called for one that is running. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (next != null) {
                next.cancel();
            }
        }
    }

    /** The interval and the last verdict. */
    @Override
    public String toString() {
        return "VerificationWatch[every " + interval + ", "
                + last().map(report -> report.verdict().name()).orElse("not verified yet") + "]";
    }
}
