// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Runs histories from the command line, on all processors. Arguments: clouds with commas between them, first seed, number of seeds of
 * each cloud, and {@code full} if all histories are to be full ones. Each seed is run on all clouds before the next one, so that a run
 * that is ended early has treated them alike. A history that fails is shrunk, printed and kept in {@code target/life}, and the run goes
 * on. The exit code is 1 when any has failed.
 */
public final class Life {
    private static final Path KEPT = Path.of("target", "life");
    private static final int PROGRESS = 300;

    private final List<String> clouds;
    private final long first;
    private final long count;
    private final boolean full;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final long start = System.nanoTime();

    private Life(List<String> arguments) {
        this.clouds = List.of(arguments.get(0).split(",", -1));
        this.first = Long.parseLong(arguments.get(1));
        this.count = Long.parseLong(arguments.get(2));
        this.full = arguments.contains("full");
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        Life life = new Life(List.of(arguments));
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(processors);
        List<Future<?>> all = Stream.<Future<?>>generate(() -> workers.submit(life::work))
                .limit(processors)
                .toList();
        for (Future<?> one : all) {
            one.get();
        }
        workers.shutdown();
        life.tell("the end");
        System.exit(life.failed.get() == 0 ? 0 : 1);
    }

    private void work() {
        long histories = count * clouds.size();
        for (long next = begun.getAndIncrement(); next < histories; next = begun.getAndIncrement()) {
            String cloud = clouds.get((int) (next % clouds.size()));
            long seed = first + next / clouds.size();
            failure(cloud, seed).ifPresent(text -> keep(cloud, seed, text));
            if (done.incrementAndGet() % PROGRESS == 0) {
                tell("seed " + seed);
            }
        }
    }

    private Optional<String> failure(String cloud, long seed) {
        try {
            return Simulation.run(
                            full ? History.full(seed) : History.of(seed), Clouds.of(cloud), EmulatedCloud::provider)
                    .map(failure -> Shrinker.shrink(failure, Clouds.of(cloud), EmulatedCloud::provider))
                    .map(Simulation.Failure::toString);
        } catch (RuntimeException | AssertionError broken) {
            return Optional.of("seed " + seed + ", the simulation itself fails: " + Steps.line(broken));
        }
    }

    private void keep(String cloud, long seed, String text) {
        failed.incrementAndGet();
        System.out.println(cloud + ": " + text);
        try {
            Files.createDirectories(KEPT);
            Files.writeString(KEPT.resolve(cloud + "-" + seed + ".txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(String where) {
        System.out.printf(
                "%s at %s: %d of %d histories, %d failed, %.0f s, of processor time %.0f s%n",
                String.join(",", clouds),
                where,
                done.get(),
                count * clouds.size(),
                failed.get(),
                (System.nanoTime() - start) / 1e9,
                processorTime());
    }

    private static double processorTime() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
    }
}
