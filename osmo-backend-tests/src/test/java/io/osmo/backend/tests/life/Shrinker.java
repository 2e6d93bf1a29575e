// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.util.Optional;
import java.util.function.Function;

/** Leaves out of a history that fails what it fails without. */
final class Shrinker {
    private static final int ATTEMPTS = 40;

    private Shrinker() {}

    /** The same failure in a history that is as short as could be found with a bounded number of attempts. */
    static Simulation.Failure shrink(
            Simulation.Failure failure, Clouds.Cloud cloud, Function<EmulatedCloud, CloudProvider> change) {
        Simulation.Failure shortest = failure;
        int attempts = 0;
        for (int index = shortest.history().steps().size() - 1; index >= 0 && attempts < ATTEMPTS; index--) {
            if (index >= shortest.history().steps().size()) {
                continue;
            }
            attempts++;
            Optional<Simulation.Failure> shorter =
                    Simulation.run(shortest.history().without(index), cloud, change);
            if (shorter.isPresent()
                    && shorter.get()
                            .broken()
                            .invariant()
                            .equals(failure.broken().invariant())) {
                shortest = shorter.get();
            }
        }
        return shortest;
    }
}
