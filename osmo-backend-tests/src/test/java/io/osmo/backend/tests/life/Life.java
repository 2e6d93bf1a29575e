// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Runs histories from the command line. Arguments: clouds with commas between them, first seed, number of seeds of each cloud, and {@code
 * full} if all histories are to be full ones. Clouds take turns on all processors, so that a run that is ended early has treated them
 * alike; of one cloud one history runs at a time, because its backend is the same in all of them, and a process changes a backend once at
 * a time. A history that fails is shrunk, printed and kept in {@code target/life}, and the run goes on. The exit code is 1 when any has
 * failed.
 */
public final class Life {
    private static final Path KEPT = Path.of("target", "life");
    private static final int PROGRESS = 300;

    private final boolean full;
    private final long histories;
    private final BlockingQueue<Lane> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final long start = System.nanoTime();

    /** A cloud, and the seed that comes next on it. */
    private record Lane(String cloud, long seed) {
        Lane next() {
            return new Lane(cloud, seed + 1);
        }
    }

    private Life(List<String> arguments) {
        List<String> clouds = List.of(arguments.get(0).split(",", -1));
        long first = Long.parseLong(arguments.get(1));
        this.full = arguments.contains("full");
        this.histories = Long.parseLong(arguments.get(2)) * clouds.size();
        clouds.forEach(cloud -> waiting.add(new Lane(cloud, first)));
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        Life life = new Life(List.of(arguments));
        int workers = Math.min(Runtime.getRuntime().availableProcessors(), life.waiting.size());
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        List<Future<?>> all = Stream.<Future<?>>generate(() -> pool.submit(life::work))
                .limit(workers)
                .toList();
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
        life.tell("the end");
        System.exit(life.failed.get() == 0 ? 0 : 1);
    }

    /** @return how many it has run */
    private long work() throws InterruptedException, IOException {
        long own = 0;
        while (begun.getAndIncrement() < histories) {
            Lane lane = waiting.take();
            Optional<String> failure = failure(lane);
            if (failure.isPresent()) {
                keep(lane, failure.get());
            }
            waiting.add(lane.next());
            own++;
            if (done.incrementAndGet() % PROGRESS == 0) {
                tell("seed " + lane.seed());
            }
        }
        return own;
    }

    private Optional<String> failure(Lane lane) {
        History history = full ? History.full(lane.seed()) : History.of(lane.seed());
        Clouds.Cloud cloud = Clouds.of(lane.cloud());
        try {
            return Simulation.run(history, cloud, EmulatedCloud::provider)
                    .map(failure -> Shrinker.shrink(failure, cloud, EmulatedCloud::provider))
                    .map(Simulation.Failure::toString);
        } catch (RuntimeException | AssertionError broken) {
            return Optional.of("seed " + lane.seed() + ", the simulation itself fails: " + Steps.line(broken));
        }
    }

    private void keep(Lane lane, String text) throws IOException {
        failed.incrementAndGet();
        System.out.println(lane.cloud() + ": " + text);
        Files.createDirectories(KEPT);
        Files.writeString(KEPT.resolve(lane.cloud() + "-" + lane.seed() + ".txt"), text);
    }

    private void tell(String where) {
        System.out.printf(
                "%s: %d of %d histories, %d failed, %.0f s, of processor time %.0f s%n",
                where, done.get(), histories, failed.get(), (System.nanoTime() - start) / 1e9, processorTime());
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
