// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import static org.assertj.core.api.Assertions.fail;

import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulation finds defects: each of these within some seeds, on each cloud on which it can happen. */
class MutantsTest {
    private static final Logger LOG = LoggerFactory.getLogger(MutantsTest.class);
    private static final int SEEDS = 30;

    private static Stream<Arguments> all() {
        return Stream.of(Mutant.values())
                .flatMap(mutant -> mutant.found.stream().map(found -> Arguments.of(mutant, found)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_small_defect_is_found(Mutant mutant, Mutant.Found where) {
        for (long seed = where.firstSeed(); seed < where.firstSeed() + SEEDS; seed++) {
            History history = where.history(seed);
            Optional<Simulation.Failure> found = Simulation.run(history, Clouds.of(where.cloud()), mutant::provider);
            if (found.isPresent() && isRightWithout(where.cloud(), history)) {
                LOG.info(
                        "{} found on {} by seed {}: {}",
                        mutant,
                        where.cloud(),
                        seed,
                        found.get().broken().getMessage());
                return;
            }
        }
        fail(mutant + " is not found in " + SEEDS + " seeds of " + where.cloud());
    }

    private static boolean isRightWithout(String cloud, History history) {
        return Simulation.run(history, Clouds.of(cloud), EmulatedCloud::provider)
                .isEmpty();
    }
}
