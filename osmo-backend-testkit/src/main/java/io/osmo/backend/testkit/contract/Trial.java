// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.contract;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** One run of a provider on an empty emulated cloud. */
final class Trial implements AutoCloseable {
    private final VirtualTime time = VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
    private final EmulatedCloud cloud;
    private final Map<Purpose, Set<String>> actions;
    private List<Strike> strikes = List.of();

    /** Whose permissions are the same on every cloud of a test. */
    record Purpose(BackendSpec spec, Use use) {}

    /** @param actions the actions that earlier trials turned out to need; this trial adds its own */
    Trial(Function<VirtualTime, EmulatedCloud> cloud, Map<Purpose, Set<String>> actions) {
        this.cloud = cloud.apply(time);
        this.actions = actions;
    }

    VirtualTime time() {
        return time;
    }

    EmulatedCloud cloud() {
        return cloud;
    }

    /** A new entry point, as a new process makes one. */
    OsmoBackends open() {
        return OsmoBackends.builder().provider(cloud.provider()).scheduler(time).build();
    }

    /**
     * Applies a plan; each time a fault stops the apply, a new process plans again and continues.
     *
     * @return those of the calls to strike that were never made
     */
    List<Integer> finish(Function<OsmoBackends, Plan> wanted) {
        for (int struck = 0; struck < strikes.size(); struck++) {
            try (OsmoBackends osmo = open()) {
                osmo.apply(wanted.apply(osmo));
                return endStrikes();
            } catch (VirtualTime.SimulatedCrash | OsmoBackendException interrupted) {
                // The next process finds what this one has left.
            }
        }
        List<Integer> missed = endStrikes();
        try (OsmoBackends osmo = open()) {
            osmo.apply(wanted.apply(osmo));
        }
        return missed;
    }

    private List<Integer> endStrikes() {
        List<Integer> missed = strikes.stream()
                .filter(strike -> !strike.happened())
                .map(Strike::call)
                .toList();
        cloud.faults().clear();
        strikes = List.of();
        return missed;
    }

    /** Lets this happen to each of these calls that do more than read, counted from 1 and from now on. */
    void strike(ProviderContract.Fault fault, List<Integer> calls) {
        strikes = new ArrayList<>();
        for (int call : calls) {
            // A rule does not count calls that earlier rules struck. All but this fault make the caller send them once
            // more.
            int uncounted = fault == ProviderContract.Fault.CRASH_AFTER ? strikes.size() : 0;
            Strike strike = new Strike(call, call - uncounted);
            strikes.add(strike);
            strike(fault, cloud.faults().onCalls(strike));
        }
    }

    private static void strike(ProviderContract.Fault fault, Faults.Rule rule) {
        switch (fault) {
            case CRASH_BEFORE -> rule.crashBefore();
            case CRASH_AFTER -> rule.crashAfter();
            case LOST_RESPONSE -> rule.loseResponse();
            case UNAVAILABLE -> rule.failWith5xx();
            case THROTTLED -> rule.throttle();
        }
    }

    /** One call to strike. Faults ask one at a time. */
    private static final class Strike implements Predicate<Call> {
        private final int call;
        private int left;

        Strike(int call, int counted) {
            this.call = call;
            left = counted;
        }

        @Override
        public boolean test(Call asked) {
            return !asked.reads() && --left == 0;
        }

        boolean happened() {
            return left <= 0;
        }

        int call() {
            return call;
        }
    }

    /** Lets the caller do what this use of a backend needs, and nothing else. */
    void allow(BackendSpec spec, Use use) {
        Permissions needed = cloud.provider().permissions(spec, use);
        if (!needed.actions().isEmpty()) {
            cloud.allowOnly(needed);
        }
    }

    /** Lets the caller do this and nothing else; a provider that calls no cloud needs nothing. */
    void allow(Set<String> actions) {
        if (!actions.isEmpty()) {
            cloud.allowOnly(actions);
        }
    }

    Set<String> permissions(BackendSpec spec, Use use) {
        return actions.computeIfAbsent(
                new Purpose(spec, use),
                purpose -> cloud.provider().permissions(spec, use).actions());
    }

    /** Calls that do more than read. */
    int changes() {
        return (int) cloud.calls().stream().filter(call -> !call.reads()).count();
    }

    int calls(Set<String> operations) {
        return (int) cloud.calls().stream()
                .map(Call::operation)
                .filter(operations::contains)
                .count();
    }

    List<String> inventory() {
        return cloud.inventory();
    }

    @Override
    public void close() {
        cloud.close();
        time.close();
    }
}
