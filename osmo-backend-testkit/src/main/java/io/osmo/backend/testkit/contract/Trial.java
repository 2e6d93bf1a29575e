// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.contract;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** One run of a provider on an empty emulated cloud. */
final class Trial implements AutoCloseable {
    private final VirtualTime time = VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
    private final EmulatedCloud cloud;

    Trial(Function<VirtualTime, EmulatedCloud> cloud) {
        this.cloud = cloud.apply(time);
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

    /** Applies a plan; when a fault stops that, a new process plans again and finishes. */
    void finish(Function<OsmoBackends, Plan> wanted) {
        try (OsmoBackends struck = open()) {
            struck.apply(wanted.apply(struck));
        } catch (VirtualTime.SimulatedCrash | OsmoBackendException interrupted) {
            cloud.faults().clear();
            try (OsmoBackends next = open()) {
                next.apply(wanted.apply(next));
            }
        }
    }

    /** Lets this happen to the n-th call from now on, counted from 1, that does more than read. */
    void strike(int n, ProviderContract.Fault fault) {
        Faults.Rule rule = cloud.faults().onCalls(call -> !call.reads()).nth(n);
        switch (fault) {
            case CRASH_BEFORE -> rule.crashBefore();
            case CRASH_AFTER -> rule.crashAfter();
            case LOST_RESPONSE -> rule.loseResponse();
            case UNAVAILABLE -> rule.failWith5xx();
            case THROTTLED -> rule.throttle();
        }
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
