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
import java.util.concurrent.Semaphore;
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
        CountDownLatch begun = new CountDownLatch(SystemScheduler.MAX_CALLS_OF_ACCOUNT);
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < SystemScheduler.MAX_CALLS_OF_ACCOUNT; i++) {
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

    @Test
    void an_account_whose_calls_hang_leaves_threads_to_the_others() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Scheduler hanging = scheduler.share();
        for (int i = 0; i < 1_000; i++) {
            hanging.call(() -> {
                never.await();
                return true;
            });
        }

        assertThat(scheduler.await(scheduler.share().call(() -> "answered"), LONG))
                .isEqualTo("answered");
    }

    @Test
    void accounts_take_turns_however_many_calls_they_have() throws Exception {
        Semaphore ends = new Semaphore(0);
        for (Scheduler large : List.of(scheduler.share(), scheduler.share())) {
            for (int i = 0; i < 1_000; i++) {
                large.call(() -> {
                    ends.acquire();
                    return true;
                });
            }
        }
        Scheduler small = scheduler.share();
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(small.call(() -> "answered"));
        }

        // All threads are taken. In turns, each call that ends lets at least every other one of the small account
        // begin.
        ends.release(2 * calls.size());

        scheduler.await(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)), LONG);
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("answered"));
    }

    @Test
    void closing_fails_what_waits_in_every_account() {
        Scheduler account = scheduler.share();
        CountDownLatch never = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(account.call(() -> {
                never.await();
                return true;
            }));
        }
        account.close();
        assertThat(calls).noneMatch(CompletableFuture::isDone);

        scheduler.close();

        assertThat(calls.subList(SystemScheduler.MAX_CALLS_OF_ACCOUNT, 50))
                .allMatch(CompletableFuture::isCompletedExceptionally);
    }
}
