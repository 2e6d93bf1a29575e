// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What goes wrong in one step.
 *
 * @param cancelAfter when the apply is cancelled
 * @param strike puts rules into force; they end with the step
 */
record Disturbance(String text, Consumer<Faults> strike, Optional<Duration> cancelAfter) {
    static final Disturbance NONE = new Disturbance("", faults -> {}, Optional.empty());

    boolean isNone() {
        return text.isEmpty();
    }

    static Disturbance cancel(Random random) {
        // Most applies take minutes; some hours.
        Duration after = Duration.ofSeconds((long) (Math.pow(random.nextDouble(), 3) * 5000));
        return new Disturbance("cancelled after " + Steps.text(after), faults -> {}, Optional.of(after));
    }

    static Disturbance fault(CloudFacts cloud, Random random) {
        boolean reads = random.nextInt(5) == 0;
        int nth = 1 + (int) (Math.pow(random.nextDouble(), 2) * (reads ? 80 : 40));
        Predicate<Call> calls = call -> call.reads() == reads;
        String where = " at " + (reads ? "read " : "change ") + nth;
        return switch (random.nextInt(10)) {
            case 0 ->
                of("throttled" + where, faults -> faults.onCalls(calls).nth(nth).throttle());
            case 1 ->
                of(
                        "the first " + nth + " calls throttled",
                        faults -> faults.onCalls(calls).times(nth).throttle());
            case 2 -> of("503" + where, faults -> faults.onCalls(calls).nth(nth).failWith5xx());
            case 3, 4 ->
                of(
                        "response lost" + where,
                        faults -> faults.onCalls(calls).nth(nth).loseResponse());
            case 5 ->
                of(
                        "crash before" + where,
                        faults -> faults.onCalls(calls).nth(nth).crashBefore());
            case 6 ->
                of(
                        "crash after" + where,
                        faults -> faults.onCalls(calls).nth(nth).crashAfter());
            case 7 ->
                of("denied" + where, faults -> faults.onCalls(calls).nth(nth).deny());
            case 8 ->
                of(
                        "slow by 5 min" + where,
                        faults -> faults.onCalls(calls).nth(nth).delay(Duration.ofMinutes(5)));
            default -> stockOut(cloud, random);
        };
    }

    private static Disturbance stockOut(CloudFacts cloud, Random random) {
        String machine = cloud.machines().get(random.nextInt(cloud.machines().size()));
        return of(
                machine + " out of stock",
                faults -> cloud.zones().forEach(zone -> faults.stockOut(machine, cloud.place(zone))));
    }

    private static Disturbance of(String text, Consumer<Faults> strike) {
        return new Disturbance(text, strike, Optional.empty());
    }
}
