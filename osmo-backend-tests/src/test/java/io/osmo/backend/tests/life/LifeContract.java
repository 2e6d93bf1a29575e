// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever happens to a backend, nothing is harmed that was not to be. {@link Life} runs more seeds. A class for each cloud, so that
 * they run in several JVMs.
 */
abstract class LifeContract {
    private static final Logger LOG = LoggerFactory.getLogger(LifeContract.class);
    private static final int SEEDS = 200;
    /** More of them would say the same. */
    private static final int MOST_SHOWN = 3;

    private final String cloud;

    LifeContract(String cloud) {
        this.cloud = cloud;
    }

    @Test
    void invariants_hold_in_every_history() {
        long begin = System.nanoTime();
        List<Simulation.Failure> failures = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS && failures.size() < MOST_SHOWN; seed++) {
            Simulation.run(History.of(seed), Clouds.of(cloud), EmulatedCloud::provider)
                    .map(failure -> Shrinker.shrink(failure, Clouds.of(cloud), EmulatedCloud::provider))
                    .ifPresent(failures::add);
        }
        LOG.info("{}: {} histories in {} s", cloud, SEEDS, (System.nanoTime() - begin) / 1_000_000_000);
        assertThat(failures).isEmpty();
    }
}
