// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemSchedulerTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final SystemScheduler scheduler = new SystemScheduler();

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void calls_run_on_a_bounded_number_of_daemon_threads() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            calls.add(scheduler.call(() -> threads.add(Thread.currentThread())));
        }
        scheduler.await(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)), LONG);
        assertThat(threads).hasSizeLessThanOrEqualTo(SystemScheduler.MAX_CALLS).allMatch(Thread::isDaemon);
    }

    @Test
    void timers_fire_and_can_be_cancelled() throws Exception {
        CompletableFuture<String> fired = new CompletableFuture<>();
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        // The one thread of the timers waits, so that the next timer cannot fire before it is cancelled.
        scheduler.after(Duration.ZERO, cancelled::join);
        scheduler.after(Duration.ZERO, () -> fired.complete("too late")).cancel();
        scheduler.after(Duration.ofMillis(1), () -> fired.complete("fired"));
        cancelled.complete(null);
        assertThat(scheduler.await(fired, LONG)).isEqualTo("fired");
    }

    @Test
    void failures_come_unwrapped_and_deadlines_hold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.await(
                        scheduler.call(() -> {
                            throw new IllegalArgumentException("no");
                        }),
                        LONG));
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> scheduler.await(new CompletableFuture<>(), Duration.ofMillis(1)));
        assertThat(scheduler.random()).isBetween(0.0, 1.0);
    }

    @Test
    void closing_fails_what_has_not_begun() throws Exception {
        CountDownLatch begun = new CountDownLatch(SystemScheduler.MAX_CALLS);
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < SystemScheduler.MAX_CALLS; i++) {
            scheduler.call(() -> {
                begun.countDown();
                never.await();
                return true;
            });
        }
        begun.await();
        CompletableFuture<String> queued = scheduler.call(() -> "never");
        scheduler.close();
        assertThat(queued).isCompletedExceptionally();
        assertThat(scheduler.call(() -> "after")).isCompletedExceptionally();
    }
}
