// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import static org.assertj.core.api.Assertions.fail;

import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulation finds defects: each of these within some seeds. */
class MutantsTest {
    private static final Logger LOG = LoggerFactory.getLogger(MutantsTest.class);
    private static final int SEEDS = 30;

    @ParameterizedTest
    @EnumSource(Mutant.class)
    void a_small_defect_is_found(Mutant mutant) {
        for (long seed = mutant.firstSeed; seed < mutant.firstSeed + SEEDS; seed++) {
            Optional<Simulation.Failure> found =
                    Simulation.run(History.of(seed), Clouds.of(mutant.cloud), mutant::provider);
            if (found.isPresent() && isRightWithout(mutant.cloud, seed)) {
                LOG.info(
                        "{} found by seed {}: {}",
                        mutant,
                        seed,
                        found.get().broken().getMessage());
                return;
            }
        }
        fail(mutant + " is not found in " + SEEDS + " seeds");
    }

    private static boolean isRightWithout(String cloud, long seed) {
        return Simulation.run(History.of(seed), Clouds.of(cloud), EmulatedCloud::provider)
                .isEmpty();
    }
}
