// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs histories from the command line and prints what fails. Arguments: cloud, first seed, number of seeds. A seed that fails is
 * shrunk; the exit code is 1 when any has failed.
 */
public final class Life {
    private Life() {}

    public static void main(String[] arguments) {
        String cloud = arguments[0];
        long first = Long.parseLong(arguments[1]);
        long count = Long.parseLong(arguments[2]);
        long begin = System.nanoTime();
        int failed = 0;
        for (long seed = first; seed < first + count; seed++) {
            Optional<Simulation.Failure> failure =
                    Simulation.run(History.of(seed), Clouds.of(cloud), EmulatedCloud::provider);
            if (failure.isPresent()) {
                failed++;
                System.out.println(
                        Boolean.getBoolean("life.raw")
                                ? failure.get()
                                : Shrinker.shrink(failure.get(), Clouds.of(cloud), EmulatedCloud::provider));
            }
        }
        System.out.printf(
                "%s: %d histories, %d failed, %.1f s, of processor time %.1f s%n",
                cloud, count, failed, (System.nanoTime() - begin) / 1e9, processorTime());
        System.exit(failed == 0 ? 0 : 1);
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
