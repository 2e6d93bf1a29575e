// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends the JVM, and says by which input, when one takes too long: a parser that hangs cannot be interrupted. Processor time counts, so
 * that other work of the machine does not, and so does a wait of a minute.
 */
final class Watchdog {
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Watchdog INSTANCE = new Watchdog();

    private final AtomicReference<@Nullable Input> current = new AtomicReference<>();

    /**
     * An input that is being parsed.
     *
     * @param since by the machine's running clock
     * @param processor time that the thread had used before
     */
    private record Input(String description, long since, long processor, Thread by) {
        Duration processorTime() {
            return Duration.ofNanos(THREADS.getThreadCpuTime(by.getId()) - processor);
        }

        boolean hangs() {
            return processorTime().compareTo(LIMIT) > 0 || System.nanoTime() - since > WAIT.toNanos();
        }
    }

    private Watchdog() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "fuzz-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(this::watch, 200, 200, TimeUnit.MILLISECONDS);
    }

    /** Runs something that ends in time, and returns what processor time it took. */
    static Duration run(String description, Runnable task) {
        Input input =
                new Input(description, System.nanoTime(), THREADS.getCurrentThreadCpuTime(), Thread.currentThread());
        INSTANCE.current.set(input);
        try {
            task.run();
        } finally {
            INSTANCE.current.set(null);
        }
        return input.processorTime();
    }

    private void watch() {
        Input input = current.get();
        if (input != null && input.hangs()) {
            System.err.println("HANG: " + input.description());
            for (StackTraceElement frame : input.by().getStackTrace()) {
                System.err.println("    at " + frame);
            }
            Runtime.getRuntime().halt(3);
        }
    }
}
