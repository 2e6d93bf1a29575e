// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTime time = VirtualTime.create();

    @Test
    void a_call_takes_its_latency_and_calls_at_once_take_it_together() throws Exception {
        Instant begin = time.now();
        CompletableFuture<Integer> one = time.call(() -> 1);
        CompletableFuture<Integer> two = time.call(() -> 2);
        assertThat(time.await(one.thenCombine(two, Integer::sum), HOUR)).isEqualTo(3);
        assertThat(Duration.between(begin, time.now())).isEqualTo(time.latency());
        assertThat(time.depthSince(begin)).isEqualTo(1);
        assertThat(time.calls()).isEqualTo(2);
    }

    @Test
    void calls_may_nest_and_may_be_slow() throws Exception {
        assertThat(time.await(
                        time.call(() -> {
                            time.spend(Duration.ofSeconds(5));
                            return time.await(time.call(() -> "inner"), HOUR);
                        }),
                        HOUR))
                .isEqualTo("inner");
        assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(5400));
    }

    @Test
    void tasks_run_in_the_order_of_time_and_then_of_asking() {
        List<String> log = new ArrayList<>();
        time.after(Duration.ofSeconds(2), () -> log.add("c"));
        time.after(Duration.ofSeconds(1), () -> log.add("a"));
        time.after(Duration.ofSeconds(1), () -> log.add("b"));
        time.after(Duration.ofSeconds(1), () -> log.add("never")).cancel();
        time.advance(Duration.ofSeconds(3));
        assertThat(log).containsExactly("a", "b", "c");
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_crash_drops_everything_and_the_clock_goes_on() throws Exception {
        List<String> log = new ArrayList<>();
        time.after(Duration.ofSeconds(1), () -> log.add("lost"));
        CompletableFuture<Object> call = time.call(() -> time.await(
                time.call(() -> {
                    throw new SimulatedCrash("here");
                }),
                HOUR));
        assertThatExceptionOfType(SimulatedCrash.class)
                .isThrownBy(() -> time.await(call, HOUR))
                .withMessage("here");
        assertThat(call).isNotDone();
        time.advance(Duration.ofSeconds(5));
        assertThat(log).isEmpty();
        assertThat(time.await(time.call(() -> "next run"), HOUR)).isEqualTo("next run");
    }

    @Test
    void a_crash_behind_a_client_that_catches_everything_ends_the_process_all_the_same() {
        CompletableFuture<String> call = time.call(() -> {
            Thread server = new Thread(() -> time.crash(new SimulatedCrash("on the server")));
            server.start();
            server.join();
            assertThat(time.crashing()).isTrue();
            return "recovered";
        });
        assertThatExceptionOfType(SimulatedCrash.class)
                .isThrownBy(() -> time.await(call, HOUR))
                .withMessage("on the server");
        assertThat(call).isNotDone();
        assertThat(time.crashing()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> time.crash(new SimulatedCrash("no call")));
    }

    @Test
    void what_a_call_throws_is_thrown_to_whoever_waits() {
        assertThatIllegalStateException()
                .isThrownBy(() -> time.await(
                        time.call(() -> {
                            throw new IllegalStateException("cloud");
                        }),
                        HOUR))
                .withMessage("cloud");
    }

    @Test
    void waiting_ends_at_the_deadline_or_when_nothing_can_come_any_more() {
        CompletableFuture<String> never = new CompletableFuture<>();
        assertThatIllegalStateException().isThrownBy(() -> time.await(never, HOUR));
        time.after(HOUR.multipliedBy(2), () -> never.complete("late"));
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> time.await(never, HOUR));
        assertThat(time.elapsed()).isEqualTo(HOUR);
    }

    @Test
    void an_interrupted_thread_stops_waiting() {
        time.after(HOUR, () -> {});
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> time.await(new CompletableFuture<>(), HOUR));
    }

    @Test
    void the_same_seed_gives_the_same_numbers() {
        assertThat(VirtualTime.seeded(7).random())
                .isEqualTo(VirtualTime.seeded(7).random())
                .isBetween(0.0, 1.0);
    }

    @Test
    void a_client_from_outside_gets_an_answer_that_takes_the_latency() {
        time.after(Duration.ofMinutes(1), () -> time.spend(Duration.ZERO));

        assertThat(time.answer(() -> {
                    time.spend(Duration.ofSeconds(5));
                    return "answer";
                }))
                .isEqualTo("answer");

        assertThat(time.elapsed()).isEqualTo(time.latency().plusSeconds(5));
        assertThatIllegalStateException()
                .isThrownBy(() -> time.answer(() -> {
                    throw new IllegalStateException("refused");
                }))
                .withMessage("refused");
        assertThatExceptionOfType(SimulatedCrash.class)
                .isThrownBy(() -> time.answer(() -> {
                    throw new SimulatedCrash("here");
                }));
        assertThat(time.tryAdvance(HOUR)).isTrue();
        assertThat(time.elapsed()).isGreaterThan(HOUR);
    }

    @Test
    void whoever_drives_may_wait_for_such_an_answer_and_decides_how_time_passes() throws Exception {
        CompletableFuture<String> call = time.call(
                () -> CompletableFuture.supplyAsync(() -> time.tryAdvance(HOUR) + " " + time.answer(() -> "answer"))
                        .join());

        assertThat(time.await(call, HOUR)).isEqualTo("false answer");

        assertThat(time.elapsed()).isEqualTo(time.latency());
    }
}
