// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.bench;

import io.osmo.backend.ApplyHandle;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.event.Event;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Applies many backends at once in one JVM, as a host does: one entry point, three clouds, many accounts, real threads. One apply is
 * cancelled on the way. Prints what that took. Arguments: how many backends, how many accounts of AWS and
 * subscriptions of Azure each, how many projects of Google. The heap includes the
 * emulated clouds; whether a bound is kept is seen by {@code -Xmx}.
 */
public final class ManyBackends {
    private static final Duration CANCELLED_AFTER = Duration.ofMinutes(5);
    private static final int SAMPLED_EVERY = 20;
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofSeconds(10);
    private static final int SHOWN = 3;

    private final VirtualTime clock = VirtualTime.create();
    private final RealThreads scheduler = new RealThreads(clock);
    private final Fleet fleet;
    private final Map<String, List<BackendSpec>> specs;
    private final Map<String, Integer> threads = new TreeMap<>();
    private final Map<String, Instant> firstChange = new ConcurrentHashMap<>();
    private final Map<String, Instant> end = new ConcurrentHashMap<>();
    private final AtomicInteger throttled = new AtomicInteger();
    private final AtomicInteger steps = new AtomicInteger();

    private ManyBackends(int backends, int accounts, int projects) {
        fleet = new Fleet(clock, accounts, projects);
        specs = fleet.specs(backends);
    }

    public static void main(String[] arguments) throws Exception {
        new ManyBackends(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))
                .run();
        System.exit(0);
    }

    private void run() throws Exception {
        long begin = System.nanoTime();
        // A host has requests on a few threads of its own.
        ExecutorService requests = Executors.newFixedThreadPool(8, task -> new Thread(task, "host-request"));
        long all = apply(begin, requests);
        requests.shutdown();
        System.out.printf(
                "heap after collection %d MiB, of which %d MiB go with the entry point and its handles; limit %d MiB%n",
                all, all - heap(), Runtime.getRuntime().maxMemory() >> 20);
        fleet.close();
    }

    /** Returns how much of the heap is in use at the end. */
    private long apply(long begin, ExecutorService requests) throws Exception {
        try (OsmoBackends osmo = fleet.open(scheduler)) {
            Map<BackendSpec, CompletableFuture<Plan>> plans = new LinkedHashMap<>();
            specs.values().stream()
                    .flatMap(List::stream)
                    .forEach(spec -> plans.put(spec, CompletableFuture.supplyAsync(() -> plan(osmo, spec), requests)));
            scheduler.drive(all(plans.values().stream().toList()), this::sample);
            long planned = System.nanoTime();

            // Azure counts the reads of a subscription, and a plan and the begin of an apply have some twenty each.
            clock.advance(BETWEEN);
            Map<BackendSpec, ApplyHandle> handles = new LinkedHashMap<>();
            plans.forEach((spec, plan) -> handles.put(spec, osmo.start(plan.join(), options(spec))));
            BackendSpec cancelled = handles.keySet().iterator().next();
            clock.after(CANCELLED_AFTER, handles.get(cancelled)::cancel);
            List<CompletableFuture<?>> ends = new ArrayList<>();
            handles.values()
                    .forEach(handle -> ends.add(handle.toCompletableFuture().exceptionally(failure -> null)));
            scheduler.drive(all(ends), this::sample);
            report(handles, cancelled, begin, planned);
            return heap();
        }
    }

    /** As a host does: what is throttled is asked for again a little later. */
    private Plan plan(OsmoBackends osmo, BackendSpec spec) {
        while (true) {
            try {
                return osmo.plan(spec);
            } catch (CloudException e) {
                if (e.error() != CloudError.THROTTLED) {
                    throw e;
                }
                CompletableFuture<Void> later = new CompletableFuture<>();
                clock.after(LATER, () -> later.complete(null));
                later.join();
                throttled.incrementAndGet();
            }
        }
    }

    private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }

    private ApplyOptions options(BackendSpec spec) {
        return ApplyOptions.defaults().listener(event -> {
            if (event instanceof Event.ResourceStarted) {
                firstChange.putIfAbsent(spec.name(), clock.now());
            } else if (event instanceof Event.ApplyFinished) {
                end.put(spec.name(), clock.now());
            }
        });
    }

    private void sample() {
        if (steps.incrementAndGet() % SAMPLED_EVERY != 0) {
            return;
        }
        fleet.forgetCalls();
        Thread[] alive = new Thread[4 * Thread.activeCount()];
        int count = Thread.enumerate(alive);
        Map<String, Integer> now = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            now.merge(alive[i].getName().replaceAll("[-#0-9]*\\d+.*", ""), 1, Integer::sum);
        }
        now.forEach((name, number) -> threads.merge(name, number, Math::max));
    }

    private void report(Map<BackendSpec, ApplyHandle> handles, BackendSpec cancelled, long begin, long planned) {
        Map<String, Long> endings = handles.values().stream()
                .map(handle -> handle.toCompletableFuture()
                        .handle((backend, failure) -> failure == null ? "done" : name(failure))
                        .join())
                .collect(Collectors.groupingBy(ending -> ending, TreeMap::new, Collectors.counting()));
        handles.values().stream()
                .map(handle -> handle.toCompletableFuture().handle((backend, failure) -> failure))
                .map(CompletableFuture::join)
                .filter(failure -> failure != null && !name(failure).equals("OperationCancelledException"))
                .map(failure -> String.valueOf(failure.getCause() == null ? failure : failure.getCause()))
                .limit(SHOWN)
                .forEach(System.out::println);
        System.out.printf(
                "%d backends in %d accounts: %s; the cancelled one: %s%n",
                handles.size(),
                specs.size(),
                endings,
                handles.get(cancelled)
                        .toCompletableFuture()
                        .handle((backend, failure) -> failure == null ? "done" : name(failure))
                        .join());
        System.out.printf(
                "%d changes; plans throttled %d times; %.0f s for plans and %.0f s for applies%n",
                handles.values().stream()
                        .mapToInt(h -> h.plan().changes().size())
                        .sum(),
                throttled.get(),
                (planned - begin) / 1e9,
                (System.nanoTime() - planned) / 1e9);
        System.out.printf("most threads at once by name: %s%n", threads);
        for (String provider : List.of("aws", "azure", "gcp")) {
            List<Duration> slowest = specs.values().stream()
                    .filter(list -> list.get(0).provider().equals(provider))
                    .map(list -> list.stream()
                            .filter(spec -> spec != cancelled && end.containsKey(spec.name()))
                            .map(spec -> Duration.between(firstChange.get(spec.name()), end.get(spec.name())))
                            .max(Comparator.naturalOrder())
                            .orElse(Duration.ZERO))
                    .sorted()
                    .toList();
            System.out.printf(
                    "%s: the slowest backend of an account took from %s to %s of virtual time%n",
                    provider, slowest.get(0), slowest.get(slowest.size() - 1));
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    private static String name(Throwable failure) {
        Throwable cause = failure.getCause() == null || failure instanceof OperationCancelledException
                ? failure
                : failure.getCause();
        return cause.getClass().getSimpleName();
    }
}
